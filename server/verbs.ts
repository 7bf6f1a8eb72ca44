import { createKey } from './modules/api-key/create.ts';
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
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
import { getBalance } from './modules/invoice/balance.ts';
import { getInvoice } from './modules/invoice/get.ts';
import { listInvoices } from './modules/invoice/list.ts';
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
import { getDraft } from './modules/order-draft/get.ts';
import { listDrafts } from './modules/order-draft/list.ts';
import { removeDraft } from './modules/order-draft/remove.ts';
import { saveDraft } from './modules/order-draft/save.ts';
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
import { assignService } from './modules/service/assign-customer.ts';
import { getService } from './modules/service/get.ts';
import { listServices } from './modules/service/list.ts';
import { totalServices } from './modules/service/totals.ts';
import { linkTicket } from './modules/ticket/link.ts';
import { listTickets } from './modules/ticket/list.ts';
import { listTiers } from './modules/tier/list.ts';

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs = [
  assignCustomer,
  assignService,
  cancelOrder,
  archiveCustomer,
  createCustomer,
  createKey,
  createQuote,
  createReseller,
  explainPrice,
  exportCustomers,
  exportOrders,
  getBalance,
  getCustomer,
  getDraft,
  getInvoice,
  getMe,
  getOrder,
  getPulse,
  getReseller,
  getService,
  importCustomers,
  linkHostClient,
  linkTicket,
  listCustomers,
  listDifferences,
  listDrafts,
  listInvoices,
  listOrders,
  listPaymentMethods,
  listProducts,
  listResellers,
  listServices,
  listTickets,
  listTiers,
  orderAgain,
  parkEvent,
  placeOrder,
  previewCustomerImport,
  receiveEvent,
  removeCustomer,
  removeDraft,
  repairDifference,
  restoreCustomer,
  reviewQuote,
  runReconcile,
  saveDraft,
  searchHostClients,
  setStatus,
  setTerms,
  summariseRevenue,
  syncCatalogue,
  totalCustomers,
  totalOrders,
  totalServices,
  updateCustomer,
  updateOrder,
] as const;
