import type { ServiceContext } from './context.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { resumeOrders } from './modules/order/resume.ts';
import { publishPrices } from './modules/price-list/publish.ts';
import { rollPrices } from './modules/price-list/roll.ts';
import { runReconcile } from './modules/reconcile/run.ts';
import type { JobHandlers } from './platform/jobs/start.ts';

/** What each queue does. A job gets a context of its own; what it throws is tried again by its queue's policy. */
export function jobHandlers(context: () => ServiceContext): JobHandlers {
  return {
    'publish-prices': async () => publishPrices(context()),
    'sync-catalogue': async () => {
      await syncCatalogue(context(), {});
    },
    'roll-prices': async () => rollPrices(context()),
    'resume-orders': async () => {
      await resumeOrders(context());
    },
    reconcile: async () => {
      await runReconcile(context(), {});
    },
  };
}
