import { createKey } from './modules/api-key/create.ts';
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
import { assignApplications, rejectApplications } from './modules/application/many.ts';
import { rejectApplication } from './modules/application/reject.ts';
import { saveDraft } from './modules/application/save-draft.ts';
import { submitApplication } from './modules/application/submit.ts';
import { withdrawApplication } from './modules/application/withdraw.ts';
import { writeMessage, writeToProvider } from './modules/application/write-message.ts';
import { applyBulkChange } from './modules/bulk/apply.ts';
import { previewBulkChange } from './modules/bulk/preview.ts';
import { listProducts } from './modules/catalogue/list-products.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { createCustomer } from './modules/customer/create.ts';
import { listCustomers } from './modules/customer/list.ts';
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
import { previewImport } from './modules/import/preview.ts';
import { runImport } from './modules/import/run.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
import { addNote } from './modules/note/add.ts';
import { editNote } from './modules/note/edit.ts';
import { listNotes } from './modules/note/list.ts';
import { assignCustomer } from './modules/order/assign-customer.ts';
import { getOrder } from './modules/order/get.ts';
import { listOrders } from './modules/order/list.ts';
import { listPaymentMethods } from './modules/order/payment-methods.ts';
import { placeOrder } from './modules/order/place.ts';
import { listPriceChanges } from './modules/own-price/changes.ts';
import { exportOwnPrices, printOwnPrices } from './modules/own-price/export.ts';
import { getOwnPrices } from './modules/own-price/get.ts';
import { listOwnPrices } from './modules/own-price/list.ts';
import { summariseMargins } from './modules/own-price/margins.ts';
import { saveOwnHead } from './modules/own-price/save-head.ts';
import { saveOwnRules } from './modules/own-price/save-rules.ts';
import { eraseReseller } from './modules/person/erase-reseller.ts';
import { exportOwnData } from './modules/person/export-own.ts';
import { exportResellerData } from './modules/person/export-reseller.ts';
import { getResellerPolicy } from './modules/policy/get.ts';
import { saveResellerPolicy } from './modules/policy/save.ts';
import { createDraft } from './modules/price-version/create-draft.ts';
import { exportRules, importRules } from './modules/price-version/csv.ts';
import { discardDraft } from './modules/price-version/discard-draft.ts';
import { explorePrices } from './modules/price-version/explore.ts';
import { getPreview } from './modules/price-version/get-preview.ts';
import { getVersion } from './modules/price-version/get.ts';
import { getGuard, setGuard } from './modules/price-version/guard.ts';
import { listChanges } from './modules/price-version/list-changes.ts';
import { listRules } from './modules/price-version/list-rules.ts';
import { acceptStaleBooks, listStaleBooks } from './modules/price-version/list-stale.ts';
import { listVersions } from './modules/price-version/list.ts';
import { previewProducts, previewResellers, previewServices } from './modules/price-version/preview-lists.ts';
import { publishVersion } from './modules/price-version/publish.ts';
import { revertTo } from './modules/price-version/revert.ts';
import { saveChanges } from './modules/price-version/save-changes.ts';
import { startPreview } from './modules/price-version/start-preview.ts';
import { updateDraft } from './modules/price-version/update-draft.ts';
import { withdrawVersion } from './modules/price-version/withdraw.ts';
import { decideProfileChange } from './modules/profile/decide-change.ts';
import { getProfile } from './modules/profile/get.ts';
import { listProfileChanges } from './modules/profile/list-changes.ts';
import { updateProfile } from './modules/profile/update.ts';
import { withdrawProfileChange } from './modules/profile/withdraw-change.ts';
import { createQuote } from './modules/quote/create.ts';
import { explainPrice } from './modules/quote/explain.ts';
import { reviewQuote } from './modules/quote/review.ts';
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
import { summariseRevenue } from './modules/revenue/summarise.ts';
import { getSettings } from './modules/settings/get.ts';
import { settingsHistory } from './modules/settings/history.ts';
import { previewSettings } from './modules/settings/preview.ts';
import { revertSettings } from './modules/settings/revert.ts';
import { updateSettings } from './modules/settings/update.ts';
import { getTask } from './modules/task/get.ts';
import { listTaskRows } from './modules/task/list-rows.ts';
import { listTasks } from './modules/task/list.ts';
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

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs = [
  acceptStaleBooks,
  addNote,
  answerRequest,
  applyBulkChange,
  approveApplication,
  askForInformation,
  assignApplication,
  assignApplications,
  assignCustomer,
  checkTaxNumber,
  countTierMembers,
  createCustomer,
  createDraft,
  createKey,
  createQuote,
  createReseller,
  createTier,
  decideProfileChange,
  discardDraft,
  dismissMatch,
  editNote,
  eraseReseller,
  explainPrice,
  explorePrices,
  exportOwnData,
  exportOwnPrices,
  exportResellerData,
  exportRules,
  findLikeCompanies,
  getApplication,
  getClientFacts,
  getGuard,
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
  getSettings,
  getTask,
  getTierProgress,
  getVersion,
  importRules,
  listApplications,
  listChanges,
  listCustomers,
  listDifferences,
  listNotes,
  listOrders,
  listOwnPrices,
  listPaymentMethods,
  listPriceChanges,
  listProducts,
  listProfileChanges,
  listResellers,
  listRules,
  listStaleBooks,
  listTaskRows,
  listTasks,
  listTierDecisions,
  listTierStandings,
  listTiers,
  listVersions,
  parkEvent,
  pinTier,
  placeOrder,
  previewBulkChange,
  previewImport,
  previewProducts,
  previewResellers,
  previewServices,
  previewSettings,
  printGates,
  printOwnPrices,
  publishVersion,
  receiveEvent,
  rejectApplication,
  rejectApplications,
  removeTier,
  reorderTiers,
  repairDifference,
  revertSettings,
  revertTo,
  reviewQuote,
  runImport,
  runReconcile,
  saveChanges,
  saveDraft,
  saveOwnHead,
  saveOwnRules,
  saveResellerPolicy,
  saveTierRules,
  searchHostClients,
  setGuard,
  setStatus,
  setTerms,
  settingsHistory,
  simulateTiers,
  startPreview,
  submitApplication,
  summariseMargins,
  summariseRevenue,
  syncCatalogue,
  totalResellers,
  updateDraft,
  updateProfile,
  updateReseller,
  updateSettings,
  updateTier,
  withdrawApplication,
  withdrawProfileChange,
  withdrawVersion,
  writeMessage,
  writeToProvider,
] as const;
