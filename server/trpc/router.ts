import { listActivity } from '../modules/activity/list.ts';
import { verifyActivity } from '../modules/activity/verify.ts';
import { createKey } from '../modules/api-key/create.ts';
import { listCalls } from '../modules/api-key/list-calls.ts';
import { listKeys } from '../modules/api-key/list.ts';
import { getKeysOverview } from '../modules/api-key/overview.ts';
import { regenerateKey } from '../modules/api-key/regenerate.ts';
import { revokeKey } from '../modules/api-key/revoke.ts';
import { updateKey } from '../modules/api-key/update.ts';
import { getKeyUsage } from '../modules/api-key/usage.ts';
import { answerRequest } from '../modules/application/answer.ts';
import { approveApplication } from '../modules/application/approve.ts';
import { askForInformation } from '../modules/application/ask.ts';
import { assignApplication } from '../modules/application/assign.ts';
import { checkTaxNumber } from '../modules/application/check-tax-id.ts';
import { getClientFacts } from '../modules/application/client-facts.ts';
import { dismissMatch } from '../modules/application/dismiss-match.ts';
import { findLikeCompanies } from '../modules/application/find-like.ts';
import { getOwnApplication } from '../modules/application/get-own.ts';
import { getApplication } from '../modules/application/get.ts';
import { listApplications } from '../modules/application/list.ts';
import { assignApplications, rejectApplications } from '../modules/application/many.ts';
import { rejectApplication } from '../modules/application/reject.ts';
import { listReplies } from '../modules/application/replies.ts';
import { saveDraft } from '../modules/application/save-draft.ts';
import { submitApplication } from '../modules/application/submit.ts';
import { withdrawApplication } from '../modules/application/withdraw.ts';
import { writeMessage, writeToProvider } from '../modules/application/write-message.ts';
import { applyBulkChange } from '../modules/bulk/apply.ts';
import { previewBulkChange } from '../modules/bulk/preview.ts';
import { listProducts } from '../modules/catalogue/list-products.ts';
import { syncCatalogue } from '../modules/catalogue/sync.ts';
import { archiveCustomer } from '../modules/customer/archive.ts';
import { createCustomer } from '../modules/customer/create.ts';
import { exportCustomers } from '../modules/customer/export.ts';
import { getCustomer } from '../modules/customer/get.ts';
import { importCustomers } from '../modules/customer/import-customers.ts';
import { previewCustomerImport } from '../modules/customer/import-preview.ts';
import { linkHostClient } from '../modules/customer/link-host-client.ts';
import { listCustomers } from '../modules/customer/list.ts';
import { removeCustomer } from '../modules/customer/remove.ts';
import { restoreCustomer } from '../modules/customer/restore.ts';
import { totalCustomers } from '../modules/customer/totals.ts';
import { updateCustomer } from '../modules/customer/update.ts';
import { examineHealth } from '../modules/health/examine.ts';
import { getHealth } from '../modules/health/get.ts';
import { getMe } from '../modules/identity/me.ts';
import { getPulse } from '../modules/identity/pulse.ts';
import { viewAsReseller } from '../modules/identity/view-as.ts';
import { previewImport } from '../modules/import/preview.ts';
import { runImport } from '../modules/import/run.ts';
import { getBalance } from '../modules/invoice/balance.ts';
import { getInvoice } from '../modules/invoice/get.ts';
import { listInvoices } from '../modules/invoice/list.ts';
import { distributionOfNetwork } from '../modules/network/distribution.ts';
import { exportNetwork } from '../modules/network/export.ts';
import { incomeOfNetwork } from '../modules/network/income.ts';
import { networkNeedsAction } from '../modules/network/needs-action.ts';
import { outstandingOfNetwork } from '../modules/network/outstanding.ts';
import { overviewOfNetwork } from '../modules/network/overview.ts';
import { rankResellers } from '../modules/network/rankings.ts';
import { seriesOfNetwork } from '../modules/network/series.ts';
import { addNote } from '../modules/note/add.ts';
import { editNote } from '../modules/note/edit.ts';
import { listNotes } from '../modules/note/list.ts';
import { listNotices } from '../modules/notice/list.ts';
import { markNoticeRead } from '../modules/notice/mark-read.ts';
import { previewNotice } from '../modules/notice/preview.ts';
import { retryNotice } from '../modules/notice/retry.ts';
import { sendTestNotice } from '../modules/notice/send-test.ts';
import { getDraft } from '../modules/order-draft/get.ts';
import { listDrafts } from '../modules/order-draft/list.ts';
import { removeDraft } from '../modules/order-draft/remove.ts';
import { saveOrderDraft } from '../modules/order-draft/save.ts';
import { orderAgain } from '../modules/order/again.ts';
import { assignCustomer } from '../modules/order/assign-customer.ts';
import { cancelOrder } from '../modules/order/cancel.ts';
import { exportOrders } from '../modules/order/export.ts';
import { getOrder } from '../modules/order/get.ts';
import { listOrders } from '../modules/order/list.ts';
import { listPaymentMethods } from '../modules/order/payment-methods.ts';
import { placeOrder } from '../modules/order/place.ts';
import { totalOrders } from '../modules/order/totals.ts';
import { updateOrder } from '../modules/order/update.ts';
import { listEvents } from '../modules/outbox/list.ts';
import { listPriceChanges } from '../modules/own-price/changes.ts';
import { exportOwnPrices, printOwnPrices } from '../modules/own-price/export.ts';
import { getOwnPrices } from '../modules/own-price/get.ts';
import { listOwnPrices } from '../modules/own-price/list.ts';
import { summariseMargins } from '../modules/own-price/margins.ts';
import { saveOwnHead } from '../modules/own-price/save-head.ts';
import { saveOwnRules } from '../modules/own-price/save-rules.ts';
import { eraseCustomer } from '../modules/person/erase-customer.ts';
import { eraseReseller } from '../modules/person/erase-reseller.ts';
import { exportOwnData } from '../modules/person/export-own.ts';
import { exportResellerData } from '../modules/person/export-reseller.ts';
import { getResellerPolicy } from '../modules/policy/get.ts';
import { saveResellerPolicy } from '../modules/policy/save.ts';
import { createDraft } from '../modules/price-version/create-draft.ts';
import { exportRules, importRules } from '../modules/price-version/csv.ts';
import { discardDraft } from '../modules/price-version/discard-draft.ts';
import { editBook } from '../modules/price-version/edit-book.ts';
import { explorePrices } from '../modules/price-version/explore.ts';
import { getPreview } from '../modules/price-version/get-preview.ts';
import { getVersion } from '../modules/price-version/get.ts';
import { getGuard, setGuard } from '../modules/price-version/guard.ts';
import { listChanges } from '../modules/price-version/list-changes.ts';
import { listBook } from '../modules/price-version/list-book.ts';
import { listRules } from '../modules/price-version/list-rules.ts';
import { acceptStaleBooks, listStaleBooks } from '../modules/price-version/list-stale.ts';
import { listVersions } from '../modules/price-version/list.ts';
import { previewProducts, previewResellers, previewServices } from '../modules/price-version/preview-lists.ts';
import { publishVersion } from '../modules/price-version/publish.ts';
import { revertTo } from '../modules/price-version/revert.ts';
import { ruleReach } from '../modules/price-version/rule-reach.ts';
import { saveChanges } from '../modules/price-version/save-changes.ts';
import { startPreview } from '../modules/price-version/start-preview.ts';
import { updateDraft } from '../modules/price-version/update-draft.ts';
import { withdrawVersion } from '../modules/price-version/withdraw.ts';
import { acknowledgeProblem } from '../modules/problem/acknowledge.ts';
import { listProblems } from '../modules/problem/list.ts';
import { resolveProblem } from '../modules/problem/resolve.ts';
import { decideProfileChange } from '../modules/profile/decide-change.ts';
import { getProfile } from '../modules/profile/get.ts';
import { listProfileChanges } from '../modules/profile/list-changes.ts';
import { updateProfile } from '../modules/profile/update.ts';
import { withdrawProfileChange } from '../modules/profile/withdraw-change.ts';
import { createQuote } from '../modules/quote/create.ts';
import { explainPrice } from '../modules/quote/explain.ts';
import { reviewQuote } from '../modules/quote/review.ts';
import { ignoreDifference } from '../modules/reconcile/ignore.ts';
import { listReconcileRuns } from '../modules/reconcile/list-runs.ts';
import { listDifferences } from '../modules/reconcile/list.ts';
import { repairDifference } from '../modules/reconcile/repair.ts';
import { runReconcile } from '../modules/reconcile/run.ts';
import { createReseller } from '../modules/reseller/create.ts';
import { getResellerDetails } from '../modules/reseller/details.ts';
import { getReseller } from '../modules/reseller/get.ts';
import { listResellers } from '../modules/reseller/list.ts';
import { printGates } from '../modules/reseller/print-gates.ts';
import { searchHostClients } from '../modules/reseller/search-host-clients.ts';
import { setStatus } from '../modules/reseller/set-status.ts';
import { setTerms } from '../modules/reseller/set-terms.ts';
import { totalResellers } from '../modules/reseller/totals.ts';
import { updateReseller } from '../modules/reseller/update.ts';
import { revenueByCustomer } from '../modules/revenue/by-customer.ts';
import { revenueByProduct } from '../modules/revenue/by-product.ts';
import { overviewOfReseller } from '../modules/revenue/overview.ts';
import { seriesOfRevenue } from '../modules/revenue/series.ts';
import { summariseRevenue } from '../modules/revenue/summarise.ts';
import { assignService } from '../modules/service/assign-customer.ts';
import { getService } from '../modules/service/get.ts';
import { listServices } from '../modules/service/list.ts';
import { totalServices } from '../modules/service/totals.ts';
import { getSettings } from '../modules/settings/get.ts';
import { settingsHistory } from '../modules/settings/history.ts';
import { previewSettings } from '../modules/settings/preview.ts';
import { revertSettings } from '../modules/settings/revert.ts';
import { updateSettings } from '../modules/settings/update.ts';
import { currentStatement } from '../modules/statement/current.ts';
import { getStatement } from '../modules/statement/get.ts';
import { listStatements } from '../modules/statement/list.ts';
import { getTask } from '../modules/task/get.ts';
import { listTaskRows } from '../modules/task/list-rows.ts';
import { listTasks } from '../modules/task/list.ts';
import { linkTicket } from '../modules/ticket/link.ts';
import { listTickets } from '../modules/ticket/list.ts';
import { createTier } from '../modules/tier/create.ts';
import { listTierDecisions } from '../modules/tier/decisions.ts';
import { listTiers } from '../modules/tier/list.ts';
import { countTierMembers } from '../modules/tier/members.ts';
import { pinTier } from '../modules/tier/pin.ts';
import { getTierProgress } from '../modules/tier/progress.ts';
import { removeTier } from '../modules/tier/remove.ts';
import { reorderTiers } from '../modules/tier/reorder.ts';
import { saveTierRules } from '../modules/tier/save-rules.ts';
import { simulateTiers } from '../modules/tier/simulate.ts';
import { listTierStandings } from '../modules/tier/standings.ts';
import { updateTier } from '../modules/tier/update.ts';
import { createWebhook } from '../modules/webhook/create.ts';
import { listDeliveries } from '../modules/webhook/deliveries.ts';
import { getDelivery } from '../modules/webhook/delivery.ts';
import { getWebhook } from '../modules/webhook/get.ts';
import { listWebhooks } from '../modules/webhook/list.ts';
import { removeWebhook } from '../modules/webhook/remove.ts';
import { replayEvents } from '../modules/webhook/replay.ts';
import { previewReplay } from '../modules/webhook/replay-preview.ts';
import { resendDelivery } from '../modules/webhook/resend.ts';
import { rotateWebhook } from '../modules/webhook/rotate.ts';
import { testWebhook } from '../modules/webhook/test-event.ts';
import { updateWebhook } from '../modules/webhook/update.ts';
import { getWebhookUsage } from '../modules/webhook/usage.ts';
import { mutation, query, t } from './procedure.ts';
import { activateTestOrder } from '../modules/test-mode/activate.ts';
import { cancelTestOrder } from '../modules/test-mode/cancel.ts';
import { failTestOrder } from '../modules/test-mode/fail.ts';
import { payTestOrder } from '../modules/test-mode/pay.ts';
import { refundTestOrder } from '../modules/test-mode/refund.ts';
import { renewTestOrder } from '../modules/test-mode/renew.ts';
import { suspendTestOrder } from '../modules/test-mode/suspend.ts';
import { terminateTestOrder } from '../modules/test-mode/terminate.ts';
import { unsuspendTestOrder } from '../modules/test-mode/unsuspend.ts';

export const router = t.router({
  me: t.router({ get: query(getMe) }),
  pulse: t.router({ get: query(getPulse) }),
  resellers: t.router({
    list: query(listResellers),
    get: query(getReseller),
    create: mutation(createReseller),
    setTerms: mutation(setTerms),
    setStatus: mutation(setStatus),
    importPreview: mutation(previewImport),
    import: mutation(runImport),
    totals: query(totalResellers),
    details: query(getResellerDetails),
    update: mutation(updateReseller),
    previewChange: mutation(previewBulkChange),
    applyChange: mutation(applyBulkChange),
    exportData: mutation(exportResellerData),
    erase: mutation(eraseReseller),
    gates: query(printGates),
    viewAs: mutation(viewAsReseller),
  }),
  application: t.router({
    get: query(getOwnApplication),
    checkTaxId: query(checkTaxNumber),
    saveDraft: mutation(saveDraft),
    submit: mutation(submitApplication),
    answer: mutation(answerRequest),
    write: mutation(writeToProvider),
    withdraw: mutation(withdrawApplication),
  }),
  applications: t.router({
    list: query(listApplications),
    get: query(getApplication),
    clientFacts: query(getClientFacts),
    findLike: query(findLikeCompanies),
    assign: mutation(assignApplication),
    assignMany: mutation(assignApplications),
    ask: mutation(askForInformation),
    approve: mutation(approveApplication),
    reject: mutation(rejectApplication),
    rejectMany: mutation(rejectApplications),
    replies: query(listReplies),
    write: mutation(writeMessage),
    dismissMatch: mutation(dismissMatch),
  }),
  resellerNotes: t.router({ list: query(listNotes), add: mutation(addNote), edit: mutation(editNote) }),
  profile: t.router({
    get: query(getProfile),
    update: mutation(updateProfile),
    withdrawChange: mutation(withdrawProfileChange),
    export: mutation(exportOwnData),
  }),
  resellerPolicy: t.router({ get: query(getResellerPolicy), save: mutation(saveResellerPolicy) }),
  profileChanges: t.router({ list: query(listProfileChanges), decide: mutation(decideProfileChange) }),
  tasks: t.router({ get: query(getTask), list: query(listTasks), rows: query(listTaskRows) }),
  hostClients: t.router({ search: query(searchHostClients) }),
  tiers: t.router({
    list: query(listTiers),
    members: query(countTierMembers),
    create: mutation(createTier),
    update: mutation(updateTier),
    remove: mutation(removeTier),
    reorder: mutation(reorderTiers),
    saveRules: mutation(saveTierRules),
    standings: query(listTierStandings),
    progress: query(getTierProgress),
    decisions: query(listTierDecisions),
    pin: mutation(pinTier),
    simulate: mutation(simulateTiers),
  }),
  customers: t.router({
    list: query(listCustomers),
    create: mutation(createCustomer),
    totals: query(totalCustomers),
    get: query(getCustomer),
    update: mutation(updateCustomer),
    archive: mutation(archiveCustomer),
    restore: mutation(restoreCustomer),
    remove: mutation(removeCustomer),
    erase: mutation(eraseCustomer),
    linkHostClient: mutation(linkHostClient),
    importPreview: mutation(previewCustomerImport),
    import: mutation(importCustomers),
    export: query(exportCustomers),
  }),
  catalogue: t.router({ products: query(listProducts), sync: mutation(syncCatalogue) }),
  quotes: t.router({ create: query(createQuote), explain: query(explainPrice), review: query(reviewQuote) }),
  paymentMethods: t.router({ list: query(listPaymentMethods) }),
  orders: t.router({
    place: mutation(placeOrder),
    list: query(listOrders),
    get: query(getOrder),
    assignCustomer: mutation(assignCustomer),
    totals: query(totalOrders),
    export: query(exportOrders),
    again: query(orderAgain),
    update: mutation(updateOrder),
    cancel: mutation(cancelOrder),
  }),
  reconcile: t.router({
    list: query(listDifferences),
    runs: query(listReconcileRuns),
    ignore: mutation(ignoreDifference),
    run: mutation(runReconcile),
    repair: mutation(repairDifference),
  }),
  revenue: t.router({
    summary: query(summariseRevenue),
    overview: query(overviewOfReseller),
    series: query(seriesOfRevenue),
    byProduct: query(revenueByProduct),
    byCustomer: query(revenueByCustomer),
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
  services: t.router({
    list: query(listServices),
    totals: query(totalServices),
    get: query(getService),
    assignCustomer: mutation(assignService),
  }),
  tickets: t.router({ list: query(listTickets), link: mutation(linkTicket) }),
  invoices: t.router({ list: query(listInvoices), get: query(getInvoice), balance: query(getBalance) }),
  drafts: t.router({
    list: query(listDrafts),
    get: query(getDraft),
    save: mutation(saveOrderDraft),
    remove: mutation(removeDraft),
  }),
  activity: t.router({ list: query(listActivity), verify: query(verifyActivity) }),
  notices: t.router({
    list: query(listNotices),
    markRead: mutation(markNoticeRead),
    retry: mutation(retryNotice),
    sendTest: mutation(sendTestNotice),
    preview: query(previewNotice),
  }),
  health: t.router({ examine: mutation(examineHealth), get: query(getHealth) }),
  problems: t.router({
    list: query(listProblems),
    acknowledge: mutation(acknowledgeProblem),
    resolve: mutation(resolveProblem),
  }),
  network: t.router({
    overview: query(overviewOfNetwork),
    series: query(seriesOfNetwork),
    export: query(exportNetwork),
    income: query(incomeOfNetwork),
    needsAction: query(networkNeedsAction),
    rankings: query(rankResellers),
    distribution: query(distributionOfNetwork),
    outstanding: query(outstandingOfNetwork),
  }),
  statements: t.router({ list: query(listStatements), get: query(getStatement), current: query(currentStatement) }),
  ownPrices: t.router({
    changes: query(listPriceChanges),
    exportCsv: query(exportOwnPrices),
    print: query(printOwnPrices),
    get: query(getOwnPrices),
    list: query(listOwnPrices),
    margins: query(summariseMargins),
    saveHead: mutation(saveOwnHead),
    save: mutation(saveOwnRules),
  }),
  prices: t.router({
    book: query(listBook),
    editBook: mutation(editBook),
    createDraft: mutation(createDraft),
    exportCsv: query(exportRules),
    importCsv: mutation(importRules),
    discardDraft: mutation(discardDraft),
    explore: query(explorePrices),
    version: query(getVersion),
    preview: query(getPreview),
    guard: query(getGuard),
    setGuard: mutation(setGuard),
    versions: query(listVersions),
    changes: query(listChanges),
    ruleReach: query(ruleReach),
    rules: query(listRules),
    acceptStaleBooks: mutation(acceptStaleBooks),
    staleBooks: query(listStaleBooks),
    previewProducts: query(previewProducts),
    previewResellers: query(previewResellers),
    previewServices: query(previewServices),
    publish: mutation(publishVersion),
    revert: mutation(revertTo),
    saveChanges: mutation(saveChanges),
    startPreview: mutation(startPreview),
    updateDraft: mutation(updateDraft),
    withdraw: mutation(withdrawVersion),
  }),
  events: t.router({ list: query(listEvents) }),
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
    create: mutation(createWebhook),
    delivery: query(getDelivery),
    deliveries: query(listDeliveries),
    get: query(getWebhook),
    usage: query(getWebhookUsage),
    list: query(listWebhooks),
    replayPreview: query(previewReplay),
    remove: mutation(removeWebhook),
    replay: mutation(replayEvents),
    resend: mutation(resendDelivery),
    rotate: mutation(rotateWebhook),
    test: mutation(testWebhook),
    update: mutation(updateWebhook),
  }),
});

export type AppRouter = typeof router;
