import type { ServiceContext } from '../../context.ts';
import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { readFigure } from './figure.ts';
import type { outstandingFigures } from './outstanding-figures.ts';

type Owed = Awaited<ReturnType<typeof outstandingFigures>>['resellers'][number];

/** Who owes what, a line for each currency. */
export async function outstandingFile(ctx: ServiceContext) {
  const { asOf, body } = await readFigure(ctx, 'outstanding');
  const columns: CsvColumns<Owed> = {
    reseller: (row) => row.reseller.company,
    reseller_id: (row) => row.reseller.id,
    currency: (row) => row.currency,
    outstanding: (row) => row.amount,
    overdue: (row) => row.overdue,
    oldest_days: (row) => row.oldestDays,
    median_days_to_pay: (row) => row.payments.medianDays,
    as_of: () => asOf,
  };
  return { csv: writeTable(columns, body.resellers), asOf };
}
