import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { ServiceContext } from '../context.ts';
import { createKey } from '../modules/api-key/create.ts';
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
import { getMe } from '../modules/identity/me.ts';
import { getPulse } from '../modules/identity/pulse.ts';
import { getBalance } from '../modules/invoice/balance.ts';
import { getInvoice } from '../modules/invoice/get.ts';
import { listInvoices } from '../modules/invoice/list.ts';
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
import { getDraft } from '../modules/order-draft/get.ts';
import { listDrafts } from '../modules/order-draft/list.ts';
import { removeDraft } from '../modules/order-draft/remove.ts';
import { saveDraft } from '../modules/order-draft/save.ts';
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
import { assignService } from '../modules/service/assign-customer.ts';
import { getService } from '../modules/service/get.ts';
import { listServices } from '../modules/service/list.ts';
import { totalServices } from '../modules/service/totals.ts';
import { linkTicket } from '../modules/ticket/link.ts';
import { listTickets } from '../modules/ticket/list.ts';
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
  customers: t.router({
    list: query(listCustomers),
    totals: query(totalCustomers),
    get: query(getCustomer),
    create: mutation(createCustomer),
    update: mutation(updateCustomer),
    archive: mutation(archiveCustomer),
    restore: mutation(restoreCustomer),
    remove: mutation(removeCustomer),
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
    totals: query(totalOrders),
    export: query(exportOrders),
    again: query(orderAgain),
    update: mutation(updateOrder),
    cancel: mutation(cancelOrder),
    assignCustomer: mutation(assignCustomer),
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
    save: mutation(saveDraft),
    remove: mutation(removeDraft),
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
