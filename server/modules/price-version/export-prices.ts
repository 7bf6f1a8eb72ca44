import { writeCsvPart } from '../../csv-file.ts';
import { verb } from '../../verb.ts';
import { findPrices, priceQuestion } from './find-prices.ts';

/** Products in one part of the file: it is fetched part by part, so that any number of them is a short call each. */
const PART = 200;

const COLUMNS = [
  'product',
  'title',
  'group',
  'component',
  'line',
  'charge',
  'term',
  'currency',
  'retail',
  'source',
  'discount_bp',
  'adjusted',
  'wholesale',
  'monthly',
  'margin',
  'floor',
  'cost',
  'beside',
  'beside_source',
] as const;

/** Of a line that is not offered: an amount of nothing would be a price. */
const NO_PRICE = {
  charge: 'price',
  retail: null,
  source: 'missing',
  discount_bp: null,
  adjusted: null,
  wholesale: null,
  monthly: null,
  margin: null,
  floor: null,
  cost: null,
  beside: null,
  beside_source: null,
};

/**
 * What the explorer shows as CSV, by the same filters, a line for each price: amounts as decimal text, the discount in basis
 * points. `cursor` fetches the next part, which is appended as it is; null: that was the last. @throws not_found, prices_missing
 */
export const exportPrices = verb({
  procedure: 'prices.exportPrices',
  permission: 'prices:write',
  mode: 'read',
  input: priceQuestion,
  run: async (ctx, question) => {
    const { rows, cursor, currency } = await findPrices(ctx, { ...question, limit: PART });
    const lines = rows.flatMap(({ product, title, group, lines: charges, missing }) => [
      ...missing.map((line) => ({
        ...NO_PRICE,
        product,
        title,
        group,
        component: line.component,
        line: line.title,
        term: line.term,
        currency,
      })),
      ...charges.map((line) => ({
        product,
        title,
        group,
        component: line.component,
        line: line.title,
        charge: line.charge,
        term: line.term,
        currency,
        retail: line.retail,
        source: line.source,
        discount_bp: line.bp,
        adjusted: line.adjusted,
        wholesale: line.wholesale,
        monthly: line.monthly,
        margin: line.margin,
        floor: line.floor,
        cost: line.cost,
        beside: line.compared?.wholesale ?? null,
        beside_source: line.compared?.source ?? null,
      })),
    ]);
    return { cursor, csv: writeCsvPart(COLUMNS, lines, { first: question.cursor === undefined }) };
  },
});
