import type { ServiceContext } from './context.ts';
import { sealActivity } from './modules/activity/seal.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { refreshFigures } from './modules/network/figure.ts';
import { collectNotices } from './modules/notice/collect.ts';
import { deliverNotices } from './modules/notice/deliver.ts';
import { resumeOrders } from './modules/order/resume.ts';
import { watchLists } from './modules/price-list/confirm.ts';
import { publishPrices } from './modules/price-list/publish.ts';
import { rollPrices } from './modules/price-list/roll.ts';
import { foldRevenue } from './modules/revenue/fold.ts';
import { runReconcile } from './modules/reconcile/run.ts';
import { lowerLocks } from './modules/service/lower-locks.ts';
import { publishLocks } from './modules/service/publish-locks.ts';
import { closeStatements } from './modules/statement/close.ts';
import type { JobHandlers } from './platform/jobs/start.ts';

/** What each queue does. A job gets a context of its own; what it throws is tried again by its queue's policy. */
export function jobHandlers(context: () => ServiceContext): JobHandlers {
  return {
    'publish-prices': async () => publishPrices(context()),
    'publish-locks': async (data) => publishLocks(context(), data),
    'lower-locks': async (data) => {
      await lowerLocks(context(), data);
    },
    'sync-catalogue': async () => {
      await syncCatalogue(context(), {});
    },
    'roll-prices': async () => rollPrices(context()),
    'resume-orders': async (data) => {
      await resumeOrders(context(), { all: (data as { all?: boolean } | null)?.all === true });
    },
    'close-statements': async () => {
      await closeStatements(context());
    },
    'fold-revenue': async () => {
      await foldRevenue(context());
    },
    notices: async () => {
      await collectNotices(context());
      await deliverNotices(context());
    },
    'refresh-network': async () => refreshFigures(context()),
    'seal-activity': async () => {
      await sealActivity(context());
    },
    'watch-host': async () => watchLists(context()),
    reconcile: async () => {
      await runReconcile(context(), {});
    },
  };
}
