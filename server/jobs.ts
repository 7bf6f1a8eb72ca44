import type { ServiceContext } from './context.ts';
import { followUpApplications } from './modules/application/follow-up.ts';
import { forgetApplications } from './modules/application/forget.ts';
import { sealActivity } from './modules/activity/seal.ts';
import { forgetCalls } from './modules/api-key/forget-calls.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { refreshFigures } from './modules/network/figure.ts';
import { collectNotices } from './modules/notice/collect.ts';
import { deliverNotices } from './modules/notice/deliver.ts';
import { resumeOrders } from './modules/order/resume.ts';
import { watchLists } from './modules/price-list/confirm.ts';
import { publishPrices } from './modules/price-list/publish.ts';
import { assignPricesLater } from './modules/price-list/compile-ahead.ts';
import { rollPrices } from './modules/price-list/roll.ts';
import { foldFigures } from './modules/figures/fold.ts';
import { applyVersions } from './modules/price-version/apply.ts';
import { moveLocks } from './modules/price-version/move-locks.ts';
import { workOutPreview } from './modules/price-version/work-out-preview.ts';
import { runReconcile } from './modules/reconcile/run.ts';
import { restInactive } from './modules/reseller/rest-inactive.ts';
import { rollFigures } from './modules/figures/roll.ts';
import { endWholesale } from './modules/service/end-wholesale.ts';
import { lowerLocks } from './modules/service/lower-locks.ts';
import { moveToWholesale } from './modules/service/move-to-wholesale.ts';
import { publishLocks } from './modules/service/publish-locks.ts';
import { runTask } from './modules/task/run.ts';
import { taskHandlers } from './tasks.ts';
import { reviewTiers } from './modules/tier/review.ts';
import { closeStatements } from './modules/statement/close.ts';
import { forgetNotices } from './modules/notice/forget.ts';
import { forgetDeliveries } from './modules/webhook/forget.ts';
import type { JobHandlers } from './platform/jobs/start.ts';

/** What each queue does, most of it in live mode alone; `both` makes a context of each mode. A job gets a context of its own; what it throws is tried again by its queue's policy. */
export function jobHandlers(context: () => ServiceContext, both: () => ServiceContext[]): JobHandlers {
  return {
    'publish-prices': async () => publishPrices(context()),
    'publish-locks': async (data) => publishLocks(context(), data),
    'lower-locks': async (data) => {
      await lowerLocks(context(), data);
    },
    'move-to-wholesale': async (data) => {
      await moveToWholesale(context(), data);
    },
    'sync-catalogue': async () => {
      await syncCatalogue(context(), {});
    },
    'review-tiers': async () => {
      await reviewTiers(context());
    },
    'end-wholesale': async () => {
      await endWholesale(context());
    },
    'rest-inactive': async () => {
      await restInactive(context());
    },
    'run-task': async (data) => runTask(context(), taskHandlers, data),
    'roll-figures': async () => rollFigures(context()),
    'roll-prices': async () => rollPrices(context()),
    'assign-prices': async (data) => assignPricesLater(context(), data),
    'apply-price-versions': async () => applyVersions(context()),
    'preview-prices': async (data) => workOutPreview(context(), data),
    'move-locks': async (data) => {
      await moveLocks(context(), data);
    },
    'resume-orders': async (data) => {
      for (const ctx of both()) await resumeOrders(ctx, { all: (data as { all?: boolean } | null)?.all === true });
    },
    'follow-up-applications': async () => {
      await followUpApplications(context());
      await forgetApplications(context());
    },
    'forget-deliveries': async () => {
      for (const ctx of both()) await forgetDeliveries(ctx);
      await forgetNotices(context());
    },
    'close-statements': async () => {
      await closeStatements(context());
    },
    'forget-calls': async () => forgetCalls(context()),
    'fold-revenue': async () => {
      for (const { em } of both()) await foldFigures(em);
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
