import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { verb } from '../../verb.ts';
import { findPrices, priceQuestion } from './find-prices.ts';

/** Products in one part of the file: it is fetched part by part, so that any number of them is a short call each. */
const PART = 200;

type Product = Awaited<ReturnType<typeof findPrices>>['rows'][number];
interface Price {
  of: Product;
  line: Product['lines'][number];
  currency: string;
}

const COLUMNS: CsvColumns<Price> = {
  product: ({ of }) => of.product,
  title: ({ of }) => of.title,
  group: ({ of }) => of.group,
  component: ({ line }) => line.component,
  line: ({ line }) => line.title,
  charge: ({ line }) => line.charge,
  term: ({ line }) => line.term,
  currency: ({ currency }) => currency,
  retail: ({ line }) => line.retail,
  source: ({ line }) => line.source,
  discount_bp: ({ line }) => line.bp,
  adjusted: ({ line }) => line.adjusted,
  wholesale: ({ line }) => line.wholesale,
  monthly: ({ line }) => line.monthly,
  margin: ({ line }) => line.margin,
  floor: ({ line }) => line.floor,
  cost: ({ line }) => line.cost,
  beside: ({ line }) => line.compared?.wholesale ?? null,
  beside_source: ({ line }) => line.compared?.source ?? null,
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
    const prices = rows.flatMap((of) => of.lines.map((line) => ({ of, line, currency })));
    return { cursor, csv: writeTable(COLUMNS, prices, { first: question.cursor === undefined }) };
  },
});
