import { createKey } from './modules/api-key/create.ts';
import { applyBulkChange } from './modules/bulk/apply.ts';
import { previewBulkChange } from './modules/bulk/preview.ts';
import { listProducts } from './modules/catalogue/list-products.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { createCustomer } from './modules/customer/create.ts';
import { listCustomers } from './modules/customer/list.ts';
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
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
import { eraseReseller } from './modules/person/erase-reseller.ts';
import { exportOwnData } from './modules/person/export-own.ts';
import { exportResellerData } from './modules/person/export-reseller.ts';
import { getResellerPolicy } from './modules/policy/get.ts';
import { saveResellerPolicy } from './modules/policy/save.ts';
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
  addNote,
  applyBulkChange,
  assignCustomer,
  countTierMembers,
  createCustomer,
  createKey,
  createQuote,
  createReseller,
  createTier,
  decideProfileChange,
  editNote,
  eraseReseller,
  explainPrice,
  exportOwnData,
  exportResellerData,
  getMe,
  getOrder,
  getProfile,
  getPulse,
  getReseller,
  getResellerDetails,
  getResellerPolicy,
  getTask,
  getTierProgress,
  listCustomers,
  listDifferences,
  listNotes,
  listOrders,
  listPaymentMethods,
  listProducts,
  listProfileChanges,
  listResellers,
  listTaskRows,
  listTasks,
  listTierDecisions,
  listTierStandings,
  listTiers,
  parkEvent,
  pinTier,
  placeOrder,
  previewBulkChange,
  printGates,
  receiveEvent,
  removeTier,
  reorderTiers,
  repairDifference,
  reviewQuote,
  runReconcile,
  saveResellerPolicy,
  saveTierRules,
  searchHostClients,
  setStatus,
  setTerms,
  simulateTiers,
  summariseRevenue,
  syncCatalogue,
  totalResellers,
  updateProfile,
  updateReseller,
  updateTier,
  withdrawProfileChange,
] as const;
