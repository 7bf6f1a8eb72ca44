import type { ServiceContext } from '../../context.ts';
import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { readFigure } from './figure.ts';
import type { RankedRange, rankingFigures } from './ranking-figures.ts';

type Ranking = Awaited<ReturnType<typeof rankingFigures>>;
type Ranked = Ranking['currencies'][number];

/** The resellers with the largest revenue of a range. */
export const resellersFile = (ctx: ServiceContext, range: RankedRange) => file(ctx, range, ({ top }) => top);

/** Who moved most against the range before, up and then down. */
export const moversFile = (ctx: ServiceContext, range: RankedRange) =>
  file(ctx, range, ({ up, down }) => [...up, ...down]);

async function file(ctx: ServiceContext, range: RankedRange, rowsOf: (ranked: Ranked) => Ranked['top']) {
  const { asOf, body } = await readFigure(ctx, `ranking:${range}`);
  const columns: CsvColumns<Ranked['top'][number] & { currency: string }> = {
    reseller: (row) => row.reseller.company,
    reseller_id: (row) => row.reseller.id,
    currency: (row) => row.currency,
    amount: (row) => row.amount,
    complete_days: (row) => row.complete,
    previous: (row) => row.previous,
    change: (row) => row.change,
    from: () => body.from,
    until: () => body.until,
  };
  const rows = body.currencies.flatMap((ranked) =>
    rowsOf(ranked).map((row) => ({ ...row, currency: ranked.currency })),
  );
  return { csv: writeTable(columns, rows), asOf };
}
