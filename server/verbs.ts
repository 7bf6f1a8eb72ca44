import { exportActivity } from './modules/activity/export.ts';
import { exportOwnActivity } from './modules/activity/export.ts';
import { listActivity } from './modules/activity/list.ts';
import { verifyActivity } from './modules/activity/verify.ts';
import { createKey } from './modules/api-key/create.ts';
import { listCalls } from './modules/api-key/list-calls.ts';
import { listKeys } from './modules/api-key/list.ts';
import { getKeysOverview } from './modules/api-key/overview.ts';
import { regenerateKey } from './modules/api-key/regenerate.ts';
import { revokeKey } from './modules/api-key/revoke.ts';
import { updateKey } from './modules/api-key/update.ts';
import { getKeyUsage } from './modules/api-key/usage.ts';
import { answerRequest } from './modules/application/answer.ts';
import { approveApplication } from './modules/application/approve.ts';
import { askForInformation } from './modules/application/ask.ts';
import { assignApplication } from './modules/application/assign.ts';
import { checkTaxNumber } from './modules/application/check-tax-id.ts';
import { getClientFacts } from './modules/application/client-facts.ts';
import { dismissMatch } from './modules/application/dismiss-match.ts';
import { findLikeCompanies } from './modules/application/find-like.ts';
import { getOwnApplication } from './modules/application/get-own.ts';
import { getApplication } from './modules/application/get.ts';
import { listApplications } from './modules/application/list.ts';
import { assignApplications } from './modules/application/many.ts';
import { rejectApplications } from './modules/application/many.ts';
import { rejectApplication } from './modules/application/reject.ts';
import { listReplies } from './modules/application/replies.ts';
import { saveDraft } from './modules/application/save-draft.ts';
import { submitApplication } from './modules/application/submit.ts';
import { withdrawApplication } from './modules/application/withdraw.ts';
import { writeMessage } from './modules/application/write-message.ts';
import { writeToProvider } from './modules/application/write-message.ts';
import { applyBulkChange } from './modules/bulk/apply.ts';
import { previewBulkChange } from './modules/bulk/preview.ts';
import { listProducts } from './modules/catalogue/list-products.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { archiveCustomer } from './modules/customer/archive.ts';
import { createCustomer } from './modules/customer/create.ts';
import { exportCustomers } from './modules/customer/export.ts';
import { getCustomer } from './modules/customer/get.ts';
import { importCustomers } from './modules/customer/import-customers.ts';
import { previewCustomerImport } from './modules/customer/import-preview.ts';
import { linkHostClient } from './modules/customer/link-host-client.ts';
import { listCustomers } from './modules/customer/list.ts';
import { removeCustomer } from './modules/customer/remove.ts';
import { restoreCustomer } from './modules/customer/restore.ts';
import { totalCustomers } from './modules/customer/totals.ts';
import { updateCustomer } from './modules/customer/update.ts';
import { examineHealth } from './modules/health/examine.ts';
import { getHealth } from './modules/health/get.ts';
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
import { viewAsReseller } from './modules/identity/view-as.ts';
import { previewImport } from './modules/import/preview.ts';
import { runImport } from './modules/import/run.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
import { getBalance } from './modules/invoice/balance.ts';
import { getInvoice } from './modules/invoice/get.ts';
import { listInvoices } from './modules/invoice/list.ts';
import { distributionOfNetwork } from './modules/network/distribution.ts';
import { exportNetwork } from './modules/network/export.ts';
import { incomeOfNetwork } from './modules/network/income.ts';
import { networkNeedsAction } from './modules/network/needs-action.ts';
import { outstandingOfNetwork } from './modules/network/outstanding.ts';
import { overviewOfNetwork } from './modules/network/overview.ts';
import { rankResellers } from './modules/network/rankings.ts';
import { seriesOfNetwork } from './modules/network/series.ts';
import { addNote } from './modules/note/add.ts';
import { editNote } from './modules/note/edit.ts';
import { listNotes } from './modules/note/list.ts';
import { listNotices } from './modules/notice/list.ts';
import { markNoticeRead } from './modules/notice/mark-read.ts';
import { previewNotice } from './modules/notice/preview.ts';
import { retryNotice } from './modules/notice/retry.ts';
import { sendTestNotice } from './modules/notice/send-test.ts';
import { getDraft } from './modules/order-draft/get.ts';
import { listDrafts } from './modules/order-draft/list.ts';
import { removeDraft } from './modules/order-draft/remove.ts';
import { saveOrderDraft } from './modules/order-draft/save.ts';
import { orderAgain } from './modules/order/again.ts';
import { assignCustomer } from './modules/order/assign-customer.ts';
import { cancelOrder } from './modules/order/cancel.ts';
import { exportOrders } from './modules/order/export.ts';
import { getOrder } from './modules/order/get.ts';
import { listOrders } from './modules/order/list.ts';
import { listPaymentMethods } from './modules/order/payment-methods.ts';
import { placeOrder } from './modules/order/place.ts';
import { totalOrders } from './modules/order/totals.ts';
import { updateOrder } from './modules/order/update.ts';
import { listEvents } from './modules/outbox/list.ts';
import { listPriceChanges } from './modules/own-price/changes.ts';
import { exportOwnPrices } from './modules/own-price/export.ts';
import { printOwnPrices } from './modules/own-price/export.ts';
import { getOwnPrices } from './modules/own-price/get.ts';
import { listOwnPrices } from './modules/own-price/list.ts';
import { summariseMargins } from './modules/own-price/margins.ts';
import { saveOwnHead } from './modules/own-price/save-head.ts';
import { saveOwnRules } from './modules/own-price/save-rules.ts';
import { eraseCustomer } from './modules/person/erase-customer.ts';
import { eraseReseller } from './modules/person/erase-reseller.ts';
import { exportOwnData } from './modules/person/export-own.ts';
import { exportResellerData } from './modules/person/export-reseller.ts';
import { getResellerPolicy } from './modules/policy/get.ts';
import { saveResellerPolicy } from './modules/policy/save.ts';
import { createDraft } from './modules/price-version/create-draft.ts';
import { exportRules } from './modules/price-version/csv.ts';
import { importRules } from './modules/price-version/csv.ts';
import { discardDraft } from './modules/price-version/discard-draft.ts';
import { editBook } from './modules/price-version/edit-book.ts';
import { explorePrices } from './modules/price-version/explore.ts';
import { getPreview } from './modules/price-version/get-preview.ts';
import { getVersion } from './modules/price-version/get.ts';
import { getGuard } from './modules/price-version/guard.ts';
import { setGuard } from './modules/price-version/guard.ts';
import { listChanges } from './modules/price-version/list-changes.ts';
import { listBook } from './modules/price-version/list-book.ts';
import { listRules } from './modules/price-version/list-rules.ts';
import { acceptStaleBooks } from './modules/price-version/list-stale.ts';
import { listStaleBooks } from './modules/price-version/list-stale.ts';
import { listVersions } from './modules/price-version/list.ts';
import { previewProducts } from './modules/price-version/preview-lists.ts';
import { previewResellers } from './modules/price-version/preview-lists.ts';
import { previewServices } from './modules/price-version/preview-lists.ts';
import { publishVersion } from './modules/price-version/publish.ts';
import { revertTo } from './modules/price-version/revert.ts';
import { ruleReach } from './modules/price-version/rule-reach.ts';
import { saveChanges } from './modules/price-version/save-changes.ts';
import { startPreview } from './modules/price-version/start-preview.ts';
import { updateDraft } from './modules/price-version/update-draft.ts';
import { withdrawVersion } from './modules/price-version/withdraw.ts';
import { acknowledgeProblem } from './modules/problem/acknowledge.ts';
import { listProblems } from './modules/problem/list.ts';
import { resolveProblem } from './modules/problem/resolve.ts';
import { decideProfileChange } from './modules/profile/decide-change.ts';
import { getProfile } from './modules/profile/get.ts';
import { listProfileChanges } from './modules/profile/list-changes.ts';
import { updateProfile } from './modules/profile/update.ts';
import { withdrawProfileChange } from './modules/profile/withdraw-change.ts';
import { createQuote } from './modules/quote/create.ts';
import { explainPrice } from './modules/quote/explain.ts';
import { reviewQuote } from './modules/quote/review.ts';
import { ignoreDifference } from './modules/reconcile/ignore.ts';
import { listReconcileRuns } from './modules/reconcile/list-runs.ts';
import { listDifferences } from './modules/reconcile/list.ts';
import { repairDifference } from './modules/reconcile/repair.ts';
import { runReconcile } from './modules/reconcile/run.ts';
import { createReseller } from './modules/reseller/create.ts';
import { getResellerDetails } from './modules/reseller/details.ts';
import { getReseller } from './modules/reseller/get.ts';
import { listResellers } from './modules/reseller/list.ts';
import { printGates } from './modules/reseller/print-gates.ts';
import { searchHostClients } from './modules/reseller/search-host-clients.ts';
import { setStatus } from './modules/reseller/set-status.ts';
import { setTerms } from './modules/reseller/set-terms.ts';
import { totalResellers } from './modules/reseller/totals.ts';
import { updateReseller } from './modules/reseller/update.ts';
import { revenueByCustomer } from './modules/revenue/by-customer.ts';
import { revenueByProduct } from './modules/revenue/by-product.ts';
import { overviewOfReseller } from './modules/revenue/overview.ts';
import { seriesOfRevenue } from './modules/revenue/series.ts';
import { summariseRevenue } from './modules/revenue/summarise.ts';
import { assignService } from './modules/service/assign-customer.ts';
import { getService } from './modules/service/get.ts';
import { listServices } from './modules/service/list.ts';
import { totalServices } from './modules/service/totals.ts';
import { getSettings } from './modules/settings/get.ts';
import { settingsHistory } from './modules/settings/history.ts';
import { previewSettings } from './modules/settings/preview.ts';
import { revertSettings } from './modules/settings/revert.ts';
import { updateSettings } from './modules/settings/update.ts';
import { currentStatement } from './modules/statement/current.ts';
import { exportStatement } from './modules/statement/export.ts';
import { getStatement } from './modules/statement/get.ts';
import { listStatements } from './modules/statement/list.ts';
import { getTask } from './modules/task/get.ts';
import { listTaskRows } from './modules/task/list-rows.ts';
import { listTasks } from './modules/task/list.ts';
import { linkTicket } from './modules/ticket/link.ts';
import { listTickets } from './modules/ticket/list.ts';
import { createTier } from './modules/tier/create.ts';
import { listTierDecisions } from './modules/tier/decisions.ts';
import { listTiers } from './modules/tier/list.ts';
import { countTierMembers } from './modules/tier/members.ts';
import { pinTier } from './modules/tier/pin.ts';
import { getTierProgress } from './modules/tier/progress.ts';
import { removeTier } from './modules/tier/remove.ts';
import { reorderTiers } from './modules/tier/reorder.ts';
import { saveTierRules } from './modules/tier/save-rules.ts';
import { simulateTiers } from './modules/tier/simulate.ts';
import { listTierStandings } from './modules/tier/standings.ts';
import { updateTier } from './modules/tier/update.ts';
import { createWebhook } from './modules/webhook/create.ts';
import { listDeliveries } from './modules/webhook/deliveries.ts';
import { getDelivery } from './modules/webhook/delivery.ts';
import { getWebhook } from './modules/webhook/get.ts';
import { listWebhooks } from './modules/webhook/list.ts';
import { removeWebhook } from './modules/webhook/remove.ts';
import { replayEvents } from './modules/webhook/replay.ts';
import { previewReplay } from './modules/webhook/replay-preview.ts';
import { resendDelivery } from './modules/webhook/resend.ts';
import { rotateWebhook } from './modules/webhook/rotate.ts';
import { testWebhook } from './modules/webhook/test-event.ts';
import { updateWebhook } from './modules/webhook/update.ts';
import { getWebhookUsage } from './modules/webhook/usage.ts';
import { activateTestOrder } from './modules/test-mode/activate.ts';
import { cancelTestOrder } from './modules/test-mode/cancel.ts';
import { failTestOrder } from './modules/test-mode/fail.ts';
import { payTestOrder } from './modules/test-mode/pay.ts';
import { refundTestOrder } from './modules/test-mode/refund.ts';
import { renewTestOrder } from './modules/test-mode/renew.ts';
import { suspendTestOrder } from './modules/test-mode/suspend.ts';
import { terminateTestOrder } from './modules/test-mode/terminate.ts';
import { unsuspendTestOrder } from './modules/test-mode/unsuspend.ts';

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs = [
  acceptStaleBooks,
  acknowledgeProblem,
  activateTestOrder,
  addNote,
  answerRequest,
  applyBulkChange,
  approveApplication,
  archiveCustomer,
  askForInformation,
  assignApplication,
  assignApplications,
  assignCustomer,
  assignService,
  cancelOrder,
  cancelTestOrder,
  checkTaxNumber,
  countTierMembers,
  createCustomer,
  createDraft,
  createKey,
  createQuote,
  createReseller,
  createTier,
  createWebhook,
  currentStatement,
  decideProfileChange,
  discardDraft,
  dismissMatch,
  distributionOfNetwork,
  editNote,
  eraseCustomer,
  eraseReseller,
  examineHealth,
  explainPrice,
  editBook,
  explorePrices,
  exportActivity,
  exportCustomers,
  exportNetwork,
  exportOrders,
  exportOwnActivity,
  exportOwnData,
  exportOwnPrices,
  exportResellerData,
  exportRules,
  exportStatement,
  failTestOrder,
  findLikeCompanies,
  getApplication,
  getBalance,
  getClientFacts,
  getCustomer,
  getDelivery,
  getDraft,
  getGuard,
  getHealth,
  getInvoice,
  getKeysOverview,
  getKeyUsage,
  getMe,
  getOrder,
  getOwnApplication,
  getOwnPrices,
  getPreview,
  getProfile,
  getPulse,
  getReseller,
  getResellerDetails,
  getResellerPolicy,
  getService,
  getSettings,
  getStatement,
  getTask,
  getTierProgress,
  getVersion,
  getWebhook,
  getWebhookUsage,
  importCustomers,
  importRules,
  incomeOfNetwork,
  linkHostClient,
  linkTicket,
  listActivity,
  listApplications,
  listCalls,
  listChanges,
  listCustomers,
  listDeliveries,
  ignoreDifference,
  listDifferences,
  listReconcileRuns,
  listDrafts,
  listEvents,
  listInvoices,
  listKeys,
  listNotes,
  listNotices,
  listOrders,
  listOwnPrices,
  listPaymentMethods,
  listPriceChanges,
  listProblems,
  listProducts,
  listProfileChanges,
  listReplies,
  listResellers,
  listBook,
  listRules,
  listServices,
  listStaleBooks,
  listStatements,
  listTaskRows,
  listTasks,
  listTickets,
  listTierDecisions,
  listTiers,
  listTierStandings,
  listVersions,
  listWebhooks,
  markNoticeRead,
  orderAgain,
  outstandingOfNetwork,
  networkNeedsAction,
  overviewOfNetwork,
  overviewOfReseller,
  parkEvent,
  payTestOrder,
  pinTier,
  placeOrder,
  previewBulkChange,
  previewCustomerImport,
  previewImport,
  previewNotice,
  previewProducts,
  previewReplay,
  previewResellers,
  previewServices,
  previewSettings,
  printGates,
  printOwnPrices,
  publishVersion,
  rankResellers,
  receiveEvent,
  refundTestOrder,
  regenerateKey,
  rejectApplication,
  rejectApplications,
  removeCustomer,
  removeDraft,
  removeTier,
  removeWebhook,
  renewTestOrder,
  reorderTiers,
  repairDifference,
  replayEvents,
  resendDelivery,
  resolveProblem,
  restoreCustomer,
  retryNotice,
  sendTestNotice,
  revenueByCustomer,
  revenueByProduct,
  revertSettings,
  revertTo,
  revokeKey,
  reviewQuote,
  rotateWebhook,
  runImport,
  runReconcile,
  ruleReach,
  saveChanges,
  saveDraft,
  saveOrderDraft,
  saveOwnHead,
  saveOwnRules,
  saveResellerPolicy,
  saveTierRules,
  searchHostClients,
  seriesOfNetwork,
  seriesOfRevenue,
  setGuard,
  setStatus,
  setTerms,
  settingsHistory,
  simulateTiers,
  startPreview,
  submitApplication,
  summariseMargins,
  summariseRevenue,
  suspendTestOrder,
  syncCatalogue,
  terminateTestOrder,
  testWebhook,
  totalCustomers,
  totalOrders,
  totalResellers,
  totalServices,
  unsuspendTestOrder,
  updateCustomer,
  updateDraft,
  updateOrder,
  updateKey,
  updateProfile,
  updateReseller,
  updateSettings,
  updateTier,
  updateWebhook,
  verifyActivity,
  viewAsReseller,
  withdrawApplication,
  withdrawProfileChange,
  withdrawVersion,
  writeMessage,
  writeToProvider,
] as const;
