import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { ServiceContext } from '../context.ts';
import { createKey } from '../modules/api-key/create.ts';
import { listProducts } from '../modules/catalogue/list-products.ts';
import { syncCatalogue } from '../modules/catalogue/sync.ts';
import { createCustomer } from '../modules/customer/create.ts';
import { listCustomers } from '../modules/customer/list.ts';
import { getMe } from '../modules/identity/me.ts';
import { getPulse } from '../modules/identity/pulse.ts';
import { assignCustomer } from '../modules/order/assign-customer.ts';
import { getOrder } from '../modules/order/get.ts';
import { listOrders } from '../modules/order/list.ts';
import { listPaymentMethods } from '../modules/order/payment-methods.ts';
import { placeOrder } from '../modules/order/place.ts';
import { listPriceChanges } from '../modules/own-price/changes.ts';
import { exportOwnPrices, printOwnPrices } from '../modules/own-price/export.ts';
import { getOwnPrices } from '../modules/own-price/get.ts';
import { listOwnPrices } from '../modules/own-price/list.ts';
import { summariseMargins } from '../modules/own-price/margins.ts';
import { saveOwnHead } from '../modules/own-price/save-head.ts';
import { saveOwnRules } from '../modules/own-price/save-rules.ts';
import { createDraft } from '../modules/price-version/create-draft.ts';
import { exportRules, importRules } from '../modules/price-version/csv.ts';
import { discardDraft } from '../modules/price-version/discard-draft.ts';
import { explorePrices } from '../modules/price-version/explore.ts';
import { getVersion } from '../modules/price-version/get.ts';
import { getPreview } from '../modules/price-version/get-preview.ts';
import { getGuard, setGuard } from '../modules/price-version/guard.ts';
import { listVersions } from '../modules/price-version/list.ts';
import { listChanges } from '../modules/price-version/list-changes.ts';
import { listRules } from '../modules/price-version/list-rules.ts';
import { acceptStaleBooks, listStaleBooks } from '../modules/price-version/list-stale.ts';
import { previewProducts, previewResellers, previewServices } from '../modules/price-version/preview-lists.ts';
import { publishVersion } from '../modules/price-version/publish.ts';
import { revertTo } from '../modules/price-version/revert.ts';
import { saveChanges } from '../modules/price-version/save-changes.ts';
import { startPreview } from '../modules/price-version/start-preview.ts';
import { updateDraft } from '../modules/price-version/update-draft.ts';
import { withdrawVersion } from '../modules/price-version/withdraw.ts';
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
import { summariseRevenue } from '../modules/revenue/summarise.ts';
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
  me: t.router({ get: query(getMe) }),
  pulse: t.router({ get: query(getPulse) }),
  resellers: t.router({
    list: query(listResellers),
    get: query(getReseller),
    create: mutation(createReseller),
    setTerms: mutation(setTerms),
    setStatus: mutation(setStatus),
  }),
  hostClients: t.router({ search: query(searchHostClients) }),
  tiers: t.router({ list: query(listTiers) }),
  customers: t.router({ list: query(listCustomers), create: mutation(createCustomer) }),
  catalogue: t.router({ products: query(listProducts), sync: mutation(syncCatalogue) }),
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
  quotes: t.router({ create: query(createQuote), explain: query(explainPrice), review: query(reviewQuote) }),
  paymentMethods: t.router({ list: query(listPaymentMethods) }),
  orders: t.router({
    place: mutation(placeOrder),
    list: query(listOrders),
    get: query(getOrder),
    assignCustomer: mutation(assignCustomer),
  }),
  reconcile: t.router({
    list: query(listDifferences),
    run: mutation(runReconcile),
    repair: mutation(repairDifference),
  }),
  revenue: t.router({ summary: query(summariseRevenue) }),
  keys: t.router({ create: mutation(createKey) }),
});

export type AppRouter = typeof router;
