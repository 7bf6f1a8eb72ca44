import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { verb } from '../../verb.ts';
import { findPrices, priceQuestion } from './find-prices.ts';

/** Products in one part of the file: it is fetched part by part, so that any number of them is a short call each. */
const PART = 200;

type Product = Awaited<ReturnType<typeof findPrices>>['rows'][number];
interface Line {
  of: Product;
  line: Product['missing'][number] | Product['lines'][number];
  /** Null where the line is not offered: an amount of nothing would be a price. */
  price: Product['lines'][number] | null;
  currency: string;
}

const COLUMNS: CsvColumns<Line> = {
  product: ({ of }) => of.product,
  title: ({ of }) => of.title,
  group: ({ of }) => of.group,
  component: ({ line }) => line.component,
  line: ({ line }) => line.title,
  charge: ({ price }) => price?.charge ?? 'price',
  term: ({ line }) => line.term,
  currency: ({ currency }) => currency,
  retail: ({ price }) => price?.retail ?? null,
  source: ({ price }) => price?.source ?? 'missing',
  discount_bp: ({ price }) => price?.bp ?? null,
  adjusted: ({ price }) => price?.adjusted ?? null,
  wholesale: ({ price }) => price?.wholesale ?? null,
  monthly: ({ price }) => price?.monthly ?? null,
  margin: ({ price }) => price?.margin ?? null,
  floor: ({ price }) => price?.floor ?? null,
  cost: ({ price }) => price?.cost ?? null,
  beside: ({ price }) => price?.compared?.wholesale ?? null,
  beside_source: ({ price }) => price?.compared?.source ?? null,
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
    const lines = rows.flatMap((of) => [
      ...of.missing.map((line) => ({ of, line, price: null, currency })),
      ...of.lines.map((line) => ({ of, line, price: line, currency })),
    ]);
    return { cursor, csv: writeTable(COLUMNS, lines, { first: question.cursor === undefined }) };
  },
});
