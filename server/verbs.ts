import { createKey } from './modules/api-key/create.ts';
import { listProducts } from './modules/catalogue/list-products.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { createCustomer } from './modules/customer/create.ts';
import { listCustomers } from './modules/customer/list.ts';
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
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
import { createDraft } from './modules/price-version/create-draft.ts';
import { exportRules, importRules } from './modules/price-version/csv.ts';
import { discardDraft } from './modules/price-version/discard-draft.ts';
import { explorePrices } from './modules/price-version/explore.ts';
import { getVersion } from './modules/price-version/get.ts';
import { getPreview } from './modules/price-version/get-preview.ts';
import { getGuard, setGuard } from './modules/price-version/guard.ts';
import { listVersions } from './modules/price-version/list.ts';
import { listChanges } from './modules/price-version/list-changes.ts';
import { listRules } from './modules/price-version/list-rules.ts';
import { acceptStaleBooks, listStaleBooks } from './modules/price-version/list-stale.ts';
import { previewProducts, previewResellers, previewServices } from './modules/price-version/preview-lists.ts';
import { publishVersion } from './modules/price-version/publish.ts';
import { revertTo } from './modules/price-version/revert.ts';
import { saveChanges } from './modules/price-version/save-changes.ts';
import { startPreview } from './modules/price-version/start-preview.ts';
import { updateDraft } from './modules/price-version/update-draft.ts';
import { withdrawVersion } from './modules/price-version/withdraw.ts';
import { createQuote } from './modules/quote/create.ts';
import { explainPrice } from './modules/quote/explain.ts';
import { reviewQuote } from './modules/quote/review.ts';
import { listDifferences } from './modules/reconcile/list.ts';
import { repairDifference } from './modules/reconcile/repair.ts';
import { runReconcile } from './modules/reconcile/run.ts';
import { createReseller } from './modules/reseller/create.ts';
import { getReseller } from './modules/reseller/get.ts';
import { listResellers } from './modules/reseller/list.ts';
import { searchHostClients } from './modules/reseller/search-host-clients.ts';
import { setStatus } from './modules/reseller/set-status.ts';
import { setTerms } from './modules/reseller/set-terms.ts';
import { summariseRevenue } from './modules/revenue/summarise.ts';
import { listTiers } from './modules/tier/list.ts';

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs = [
  acceptStaleBooks,
  assignCustomer,
  createCustomer,
  createDraft,
  createKey,
  createQuote,
  createReseller,
  discardDraft,
  explainPrice,
  explorePrices,
  exportOwnPrices,
  exportRules,
  getGuard,
  getMe,
  getOrder,
  getOwnPrices,
  getPreview,
  getPulse,
  getReseller,
  getVersion,
  importRules,
  listChanges,
  listCustomers,
  listDifferences,
  listOrders,
  listOwnPrices,
  listPaymentMethods,
  listPriceChanges,
  listProducts,
  listResellers,
  listRules,
  listStaleBooks,
  listTiers,
  listVersions,
  parkEvent,
  placeOrder,
  previewProducts,
  previewResellers,
  previewServices,
  printOwnPrices,
  publishVersion,
  receiveEvent,
  repairDifference,
  revertTo,
  reviewQuote,
  runReconcile,
  saveChanges,
  saveOwnHead,
  saveOwnRules,
  searchHostClients,
  setGuard,
  setStatus,
  setTerms,
  startPreview,
  summariseMargins,
  summariseRevenue,
  syncCatalogue,
  updateDraft,
  withdrawVersion,
] as const;
