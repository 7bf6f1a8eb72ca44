import { listActivity } from '../../modules/activity/list.ts';
import { verifyActivity } from '../../modules/activity/verify.ts';
import { createKey } from '../../modules/api-key/create.ts';
import { listCalls } from '../../modules/api-key/list-calls.ts';
import { listKeys } from '../../modules/api-key/list.ts';
import { getKeysOverview } from '../../modules/api-key/overview.ts';
import { regenerateKey } from '../../modules/api-key/regenerate.ts';
import { revokeKey } from '../../modules/api-key/revoke.ts';
import { updateKey } from '../../modules/api-key/update.ts';
import { getKeyUsage } from '../../modules/api-key/usage.ts';
import { examineHealth } from '../../modules/health/examine.ts';
import { getHealth } from '../../modules/health/get.ts';
import { retryConnection } from '../../modules/health/retry.ts';
import { listNotices } from '../../modules/notice/list.ts';
import { markNoticeRead } from '../../modules/notice/mark-read.ts';
import { previewNotice } from '../../modules/notice/preview.ts';
import { retryNotice } from '../../modules/notice/retry.ts';
import { sendTestNotice } from '../../modules/notice/send-test.ts';
import { listEvents } from '../../modules/outbox/list.ts';
import { listEventTypes } from '../../modules/outbox/types.ts';
import { getPairing } from '../../modules/pairing/get.ts';
import { keepPairing } from '../../modules/pairing/keep.ts';
import { renewPairing } from '../../modules/pairing/renew.ts';
import { acknowledgeProblem } from '../../modules/problem/acknowledge.ts';
import { listProblems } from '../../modules/problem/list.ts';
import { resolveProblem } from '../../modules/problem/resolve.ts';
import { ignoreDifference } from '../../modules/reconcile/ignore.ts';
import { listReconcileRuns } from '../../modules/reconcile/list-runs.ts';
import { listDifferences } from '../../modules/reconcile/list.ts';
import { repairDifference } from '../../modules/reconcile/repair.ts';
import { runReconcile } from '../../modules/reconcile/run.ts';
import { getSettings } from '../../modules/settings/get.ts';
import { settingsHistory } from '../../modules/settings/history.ts';
import { previewSettings } from '../../modules/settings/preview.ts';
import { revertSettings } from '../../modules/settings/revert.ts';
import { updateSettings } from '../../modules/settings/update.ts';
import { getTask } from '../../modules/task/get.ts';
import { listTaskRows } from '../../modules/task/list-rows.ts';
import { listTasks } from '../../modules/task/list.ts';
import { activateTestOrder } from '../../modules/test-mode/activate.ts';
import { cancelTestOrder } from '../../modules/test-mode/cancel.ts';
import { failTestOrder } from '../../modules/test-mode/fail.ts';
import { payTestOrder } from '../../modules/test-mode/pay.ts';
import { refundTestOrder } from '../../modules/test-mode/refund.ts';
import { renewTestOrder } from '../../modules/test-mode/renew.ts';
import { suspendTestOrder } from '../../modules/test-mode/suspend.ts';
import { terminateTestOrder } from '../../modules/test-mode/terminate.ts';
import { unsuspendTestOrder } from '../../modules/test-mode/unsuspend.ts';
import { checkWebhook } from '../../modules/webhook/check.ts';
import { createWebhook } from '../../modules/webhook/create.ts';
import { listDeliveries } from '../../modules/webhook/deliveries.ts';
import { getDelivery } from '../../modules/webhook/delivery.ts';
import { getWebhook } from '../../modules/webhook/get.ts';
import { listWebhooks } from '../../modules/webhook/list.ts';
import { removeWebhook } from '../../modules/webhook/remove.ts';
import { previewReplay } from '../../modules/webhook/replay-preview.ts';
import { replayEvents } from '../../modules/webhook/replay.ts';
import { stopReplay } from '../../modules/webhook/replay-stop.ts';
import { listReplays } from '../../modules/webhook/replays.ts';
import { resendDelivery } from '../../modules/webhook/resend.ts';
import { revealWebhook } from '../../modules/webhook/reveal.ts';
import { rotateWebhook } from '../../modules/webhook/rotate.ts';
import { testWebhook } from '../../modules/webhook/test-event.ts';
import { updateWebhook } from '../../modules/webhook/update.ts';
import { getWebhookUsage } from '../../modules/webhook/usage.ts';
import { mutation, query, t } from '../procedure.ts';

/** What keeps it running, and what others connect to. */
export const operation = {
  tasks: t.router({ get: query(getTask), list: query(listTasks), rows: query(listTaskRows) }),
  reconcile: t.router({
    list: query(listDifferences),
    runs: query(listReconcileRuns),
    ignore: mutation(ignoreDifference),
    run: mutation(runReconcile),
    repair: mutation(repairDifference),
  }),
  settings: t.router({
    get: query(getSettings),
    history: query(settingsHistory),
    preview: query(previewSettings),
    update: mutation(updateSettings),
    revert: mutation(revertSettings),
  }),
  keys: t.router({
    list: query(listKeys),
    create: mutation(createKey),
    overview: query(getKeysOverview),
    revoke: mutation(revokeKey),
    regenerate: mutation(regenerateKey),
    update: mutation(updateKey),
    usage: query(getKeyUsage),
    calls: query(listCalls),
  }),
  activity: t.router({ list: query(listActivity), verify: query(verifyActivity) }),
  notices: t.router({
    list: query(listNotices),
    markRead: mutation(markNoticeRead),
    retry: mutation(retryNotice),
    sendTest: mutation(sendTestNotice),
    preview: query(previewNotice),
  }),
  health: t.router({ examine: mutation(examineHealth), get: query(getHealth), retry: mutation(retryConnection) }),
  pairing: t.router({ get: query(getPairing), keep: mutation(keepPairing), renew: mutation(renewPairing) }),
  problems: t.router({
    list: query(listProblems),
    acknowledge: mutation(acknowledgeProblem),
    resolve: mutation(resolveProblem),
  }),
  events: t.router({ list: query(listEvents), types: query(listEventTypes) }),
  testMode: t.router({
    activate: mutation(activateTestOrder),
    cancel: mutation(cancelTestOrder),
    fail: mutation(failTestOrder),
    pay: mutation(payTestOrder),
    refund: mutation(refundTestOrder),
    renew: mutation(renewTestOrder),
    suspend: mutation(suspendTestOrder),
    terminate: mutation(terminateTestOrder),
    unsuspend: mutation(unsuspendTestOrder),
  }),
  webhooks: t.router({
    check: mutation(checkWebhook),
    create: mutation(createWebhook),
    delivery: query(getDelivery),
    deliveries: query(listDeliveries),
    get: query(getWebhook),
    usage: query(getWebhookUsage),
    list: query(listWebhooks),
    replayPreview: query(previewReplay),
    replays: query(listReplays),
    remove: mutation(removeWebhook),
    replay: mutation(replayEvents),
    resend: mutation(resendDelivery),
    reveal: mutation(revealWebhook),
    rotate: mutation(rotateWebhook),
    stopReplay: mutation(stopReplay),
    test: mutation(testWebhook),
    update: mutation(updateWebhook),
  }),
};
