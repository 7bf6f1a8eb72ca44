import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { ServiceContext } from '../context.ts';
import { listActivity } from '../modules/activity/list.ts';
import { verifyActivity } from '../modules/activity/verify.ts';
import { createKey } from '../modules/api-key/create.ts';
import { listProducts } from '../modules/catalogue/list-products.ts';
import { syncCatalogue } from '../modules/catalogue/sync.ts';
import { createCustomer } from '../modules/customer/create.ts';
import { listCustomers } from '../modules/customer/list.ts';
import { getMe } from '../modules/identity/me.ts';
import { getPulse } from '../modules/identity/pulse.ts';
import { viewAsReseller } from '../modules/identity/view-as.ts';
import { distributionOfNetwork } from '../modules/network/distribution.ts';
import { incomeOfNetwork } from '../modules/network/income.ts';
import { outstandingOfNetwork } from '../modules/network/outstanding.ts';
import { overviewOfNetwork } from '../modules/network/overview.ts';
import { rankResellers } from '../modules/network/rankings.ts';
import { seriesOfNetwork } from '../modules/network/series.ts';
import { listNotices } from '../modules/notice/list.ts';
import { markNoticeRead } from '../modules/notice/mark-read.ts';
import { previewNotice } from '../modules/notice/preview.ts';
import { retryNotice } from '../modules/notice/retry.ts';
import { assignCustomer } from '../modules/order/assign-customer.ts';
import { getOrder } from '../modules/order/get.ts';
import { listOrders } from '../modules/order/list.ts';
import { listPaymentMethods } from '../modules/order/payment-methods.ts';
import { placeOrder } from '../modules/order/place.ts';
import { acknowledgeProblem } from '../modules/problem/acknowledge.ts';
import { listProblems } from '../modules/problem/list.ts';
import { resolveProblem } from '../modules/problem/resolve.ts';
import { createQuote } from '../modules/quote/create.ts';
import { explainPrice } from '../modules/quote/explain.ts';
import { reviewQuote } from '../modules/quote/review.ts';
import { listDifferences } from '../modules/reconcile/list.ts';
import { repairDifference } from '../modules/reconcile/repair.ts';
import { runReconcile } from '../modules/reconcile/run.ts';
import { createReseller } from '../modules/reseller/create.ts';
import { getReseller } from '../modules/reseller/get.ts';
import { listResellers } from '../modules/reseller/list.ts';
import { searchHostClients } from '../modules/reseller/search-host-clients.ts';
import { setStatus } from '../modules/reseller/set-status.ts';
import { setTerms } from '../modules/reseller/set-terms.ts';
import { revenueByCustomer } from '../modules/revenue/by-customer.ts';
import { revenueByProduct } from '../modules/revenue/by-product.ts';
import { overviewOfReseller } from '../modules/revenue/overview.ts';
import { seriesOfRevenue } from '../modules/revenue/series.ts';
import { summariseRevenue } from '../modules/revenue/summarise.ts';
import { currentStatement } from '../modules/statement/current.ts';
import { getStatement } from '../modules/statement/get.ts';
import { listStatements } from '../modules/statement/list.ts';
import { listTiers } from '../modules/tier/list.ts';
import type { Verb } from '../verb.ts';
import { toTrpcError } from './error.ts';

// isDev off: otherwise a refusal carries the stack trace to the caller.
const t = initTRPC.context<ServiceContext>().create({
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    data: { ...shape.data, reseller: toTrpcError.details(error, ctx?.requestId) },
  }),
});

/** A procedure is one verb: the verb checks permission and input itself, so no transport can forget to. */
const query = <Input extends z.ZodType, Output>(verb: Verb<Input, Output>) =>
  t.procedure
    .input((raw: unknown) => (raw ?? {}) as z.input<Input>)
    .query(({ ctx, input }) => toTrpcError(() => verb(ctx, input as z.input<Input>)));
const mutation = <Input extends z.ZodType, Output>(verb: Verb<Input, Output>) =>
  t.procedure
    .input((raw: unknown) => (raw ?? {}) as z.input<Input>)
    .mutation(({ ctx, input }) => toTrpcError(() => verb(ctx, input as z.input<Input>)));

export const router = t.router({
  activity: t.router({ list: query(listActivity), verify: query(verifyActivity) }),
  me: t.router({ get: query(getMe) }),
  pulse: t.router({ get: query(getPulse) }),
  resellers: t.router({
    list: query(listResellers),
    get: query(getReseller),
    create: mutation(createReseller),
    setTerms: mutation(setTerms),
    setStatus: mutation(setStatus),
    viewAs: mutation(viewAsReseller),
  }),
  hostClients: t.router({ search: query(searchHostClients) }),
  tiers: t.router({ list: query(listTiers) }),
  customers: t.router({ list: query(listCustomers), create: mutation(createCustomer) }),
  catalogue: t.router({ products: query(listProducts), sync: mutation(syncCatalogue) }),
  quotes: t.router({ create: query(createQuote), explain: query(explainPrice), review: query(reviewQuote) }),
  paymentMethods: t.router({ list: query(listPaymentMethods) }),
  orders: t.router({
    place: mutation(placeOrder),
    list: query(listOrders),
    get: query(getOrder),
    assignCustomer: mutation(assignCustomer),
  }),
  notices: t.router({
    list: query(listNotices),
    markRead: mutation(markNoticeRead),
    retry: mutation(retryNotice),
    preview: query(previewNotice),
  }),
  problems: t.router({
    list: query(listProblems),
    acknowledge: mutation(acknowledgeProblem),
    resolve: mutation(resolveProblem),
  }),
  reconcile: t.router({
    list: query(listDifferences),
    run: mutation(runReconcile),
    repair: mutation(repairDifference),
  }),
  network: t.router({
    overview: query(overviewOfNetwork),
    series: query(seriesOfNetwork),
    income: query(incomeOfNetwork),
    rankings: query(rankResellers),
    distribution: query(distributionOfNetwork),
    outstanding: query(outstandingOfNetwork),
  }),
  revenue: t.router({
    summary: query(summariseRevenue),
    overview: query(overviewOfReseller),
    series: query(seriesOfRevenue),
    byProduct: query(revenueByProduct),
    byCustomer: query(revenueByCustomer),
  }),
  statements: t.router({
    list: query(listStatements),
    get: query(getStatement),
    current: query(currentStatement),
  }),
  keys: t.router({ create: mutation(createKey) }),
});

export type AppRouter = typeof router;
