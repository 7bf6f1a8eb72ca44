import { exportActivity, exportOwnActivity } from './modules/activity/export.ts';
import { listActivity } from './modules/activity/list.ts';
import { verifyActivity } from './modules/activity/verify.ts';
import { createKey } from './modules/api-key/create.ts';
import { listProducts } from './modules/catalogue/list-products.ts';
import { syncCatalogue } from './modules/catalogue/sync.ts';
import { createCustomer } from './modules/customer/create.ts';
import { listCustomers } from './modules/customer/list.ts';
import { getMe } from './modules/identity/me.ts';
import { getPulse } from './modules/identity/pulse.ts';
import { viewAsReseller } from './modules/identity/view-as.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
import { distributionOfNetwork } from './modules/network/distribution.ts';
import { incomeOfNetwork } from './modules/network/income.ts';
import { outstandingOfNetwork } from './modules/network/outstanding.ts';
import { overviewOfNetwork } from './modules/network/overview.ts';
import { rankResellers } from './modules/network/rankings.ts';
import { seriesOfNetwork } from './modules/network/series.ts';
import { listNotices } from './modules/notice/list.ts';
import { markNoticeRead } from './modules/notice/mark-read.ts';
import { previewNotice } from './modules/notice/preview.ts';
import { retryNotice } from './modules/notice/retry.ts';
import { assignCustomer } from './modules/order/assign-customer.ts';
import { getOrder } from './modules/order/get.ts';
import { listOrders } from './modules/order/list.ts';
import { listPaymentMethods } from './modules/order/payment-methods.ts';
import { placeOrder } from './modules/order/place.ts';
import { acknowledgeProblem } from './modules/problem/acknowledge.ts';
import { listProblems } from './modules/problem/list.ts';
import { resolveProblem } from './modules/problem/resolve.ts';
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
import { revenueByCustomer } from './modules/revenue/by-customer.ts';
import { revenueByProduct } from './modules/revenue/by-product.ts';
import { overviewOfReseller } from './modules/revenue/overview.ts';
import { seriesOfRevenue } from './modules/revenue/series.ts';
import { summariseRevenue } from './modules/revenue/summarise.ts';
import { currentStatement } from './modules/statement/current.ts';
import { exportStatement } from './modules/statement/export.ts';
import { getStatement } from './modules/statement/get.ts';
import { listStatements } from './modules/statement/list.ts';
import { listTiers } from './modules/tier/list.ts';

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs = [
  acknowledgeProblem,
  assignCustomer,
  createCustomer,
  createKey,
  createQuote,
  createReseller,
  currentStatement,
  distributionOfNetwork,
  explainPrice,
  exportActivity,
  exportOwnActivity,
  exportStatement,
  getMe,
  getOrder,
  getPulse,
  getReseller,
  getStatement,
  incomeOfNetwork,
  listActivity,
  listCustomers,
  listDifferences,
  listNotices,
  listOrders,
  listPaymentMethods,
  listProblems,
  listProducts,
  listResellers,
  listStatements,
  listTiers,
  markNoticeRead,
  outstandingOfNetwork,
  overviewOfNetwork,
  overviewOfReseller,
  parkEvent,
  placeOrder,
  previewNotice,
  rankResellers,
  receiveEvent,
  repairDifference,
  resolveProblem,
  retryNotice,
  revenueByCustomer,
  revenueByProduct,
  reviewQuote,
  runReconcile,
  searchHostClients,
  seriesOfNetwork,
  seriesOfRevenue,
  setStatus,
  setTerms,
  summariseRevenue,
  syncCatalogue,
  verifyActivity,
  viewAsReseller,
] as const;
