import { listProducts } from '../../modules/catalogue/list-products.ts';
import { syncCatalogue } from '../../modules/catalogue/sync.ts';
import { listPriceChanges } from '../../modules/own-price/changes.ts';
import { exportOwnPrices } from '../../modules/own-price/export.ts';
import { printOwnPrices } from '../../modules/own-price/export.ts';
import { getOwnPrices } from '../../modules/own-price/get.ts';
import { listOwnPrices } from '../../modules/own-price/list.ts';
import { summariseMargins } from '../../modules/own-price/margins.ts';
import { saveOwnHead } from '../../modules/own-price/save-head.ts';
import { saveOwnRules } from '../../modules/own-price/save-rules.ts';
import { createDraft } from '../../modules/price-version/create-draft.ts';
import { exportRules } from '../../modules/price-version/csv.ts';
import { importRules } from '../../modules/price-version/csv.ts';
import { discardDraft } from '../../modules/price-version/discard-draft.ts';
import { editBook } from '../../modules/price-version/edit-book.ts';
import { exportPreview } from '../../modules/price-version/export-preview.ts';
import { explorePrices } from '../../modules/price-version/explore.ts';
import { getPreview } from '../../modules/price-version/get-preview.ts';
import { getVersion } from '../../modules/price-version/get.ts';
import { getGuard } from '../../modules/price-version/guard.ts';
import { setGuard } from '../../modules/price-version/guard.ts';
import { listBook } from '../../modules/price-version/list-book.ts';
import { listChanges } from '../../modules/price-version/list-changes.ts';
import { listRules } from '../../modules/price-version/list-rules.ts';
import { acceptStaleBooks } from '../../modules/price-version/list-stale.ts';
import { listStaleBooks } from '../../modules/price-version/list-stale.ts';
import { listVersions } from '../../modules/price-version/list.ts';
import { previewProducts } from '../../modules/price-version/preview-lists.ts';
import { previewResellers } from '../../modules/price-version/preview-lists.ts';
import { previewServices } from '../../modules/price-version/preview-lists.ts';
import { publishVersion } from '../../modules/price-version/publish.ts';
import { revertTo } from '../../modules/price-version/revert.ts';
import { ruleReach } from '../../modules/price-version/rule-reach.ts';
import { saveChanges } from '../../modules/price-version/save-changes.ts';
import { startPreview } from '../../modules/price-version/start-preview.ts';
import { updateDraft } from '../../modules/price-version/update-draft.ts';
import { withdrawVersion } from '../../modules/price-version/withdraw.ts';
import { createQuote } from '../../modules/quote/create.ts';
import { explainPrice } from '../../modules/quote/explain.ts';
import { reviewQuote } from '../../modules/quote/review.ts';
import { mutation, query, t } from '../procedure.ts';

/** What things cost. */
export const pricing = {
  catalogue: t.router({ products: query(listProducts), sync: mutation(syncCatalogue) }),
  quotes: t.router({ create: query(createQuote), explain: query(explainPrice), review: query(reviewQuote) }),
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
    book: query(listBook),
    editBook: mutation(editBook),
    createDraft: mutation(createDraft),
    exportCsv: query(exportRules),
    exportPreview: query(exportPreview),
    importCsv: mutation(importRules),
    discardDraft: mutation(discardDraft),
    explore: query(explorePrices),
    version: query(getVersion),
    preview: query(getPreview),
    guard: query(getGuard),
    setGuard: mutation(setGuard),
    versions: query(listVersions),
    changes: query(listChanges),
    ruleReach: query(ruleReach),
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
};
