import { initTRPC } from '@trpc/server';
import type { z } from 'zod';
import type { ServiceContext } from '../context.ts';
import { createKey } from '../modules/api-key/create.ts';
import { answerRequest } from '../modules/application/answer.ts';
import { approveApplication } from '../modules/application/approve.ts';
import { askForInformation } from '../modules/application/ask.ts';
import { assignApplication } from '../modules/application/assign.ts';
import { checkTaxNumber } from '../modules/application/check-tax-id.ts';
import { getClientFacts } from '../modules/application/client-facts.ts';
import { dismissMatch } from '../modules/application/dismiss-match.ts';
import { findLikeCompanies } from '../modules/application/find-like.ts';
import { getApplication } from '../modules/application/get.ts';
import { getOwnApplication } from '../modules/application/get-own.ts';
import { listApplications } from '../modules/application/list.ts';
import { assignApplications, rejectApplications } from '../modules/application/many.ts';
import { rejectApplication } from '../modules/application/reject.ts';
import { saveDraft } from '../modules/application/save-draft.ts';
import { submitApplication } from '../modules/application/submit.ts';
import { withdrawApplication } from '../modules/application/withdraw.ts';
import { writeMessage, writeToProvider } from '../modules/application/write-message.ts';
import { applyBulkChange } from '../modules/bulk/apply.ts';
import { previewBulkChange } from '../modules/bulk/preview.ts';
import { listProducts } from '../modules/catalogue/list-products.ts';
import { syncCatalogue } from '../modules/catalogue/sync.ts';
import { createCustomer } from '../modules/customer/create.ts';
import { listCustomers } from '../modules/customer/list.ts';
import { getMe } from '../modules/identity/me.ts';
import { getPulse } from '../modules/identity/pulse.ts';
import { previewImport } from '../modules/import/preview.ts';
import { runImport } from '../modules/import/run.ts';
import { addNote } from '../modules/note/add.ts';
import { editNote } from '../modules/note/edit.ts';
import { listNotes } from '../modules/note/list.ts';
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
import { eraseReseller } from '../modules/person/erase-reseller.ts';
import { exportOwnData } from '../modules/person/export-own.ts';
import { exportResellerData } from '../modules/person/export-reseller.ts';
import { getResellerPolicy } from '../modules/policy/get.ts';
import { saveResellerPolicy } from '../modules/policy/save.ts';
import { decideProfileChange } from '../modules/profile/decide-change.ts';
import { getProfile } from '../modules/profile/get.ts';
import { listProfileChanges } from '../modules/profile/list-changes.ts';
import { updateProfile } from '../modules/profile/update.ts';
import { withdrawProfileChange } from '../modules/profile/withdraw-change.ts';
import { createQuote } from '../modules/quote/create.ts';
import { explainPrice } from '../modules/quote/explain.ts';
import { reviewQuote } from '../modules/quote/review.ts';
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
import { summariseRevenue } from '../modules/revenue/summarise.ts';
import { getSettings } from '../modules/settings/get.ts';
import { settingsHistory } from '../modules/settings/history.ts';
import { previewSettings } from '../modules/settings/preview.ts';
import { revertSettings } from '../modules/settings/revert.ts';
import { updateSettings } from '../modules/settings/update.ts';
import { getTask } from '../modules/task/get.ts';
import { listTaskRows } from '../modules/task/list-rows.ts';
import { listTasks } from '../modules/task/list.ts';
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
    importPreview: mutation(previewImport),
    import: mutation(runImport),
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
    write: mutation(writeMessage),
    dismissMatch: mutation(dismissMatch),
    totals: query(totalResellers),
    details: query(getResellerDetails),
    update: mutation(updateReseller),
    previewChange: mutation(previewBulkChange),
    applyChange: mutation(applyBulkChange),
    exportData: mutation(exportResellerData),
    erase: mutation(eraseReseller),
    gates: query(printGates),
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
  settings: t.router({
    get: query(getSettings),
    history: query(settingsHistory),
    preview: query(previewSettings),
    update: mutation(updateSettings),
    revert: mutation(revertSettings),
  }),
  keys: t.router({ create: mutation(createKey) }),
});

export type AppRouter = typeof router;
