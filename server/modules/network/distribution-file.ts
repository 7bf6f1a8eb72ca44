import type { ServiceContext } from '../../context.ts';
import { writeTable, type CsvColumns } from '../../csv-file.ts';
import { readFigure } from './figure.ts';

interface Count {
  of: string;
  name: string;
  count: number;
}

const COLUMNS: CsvColumns<Count> = { of: (row) => row.of, name: (row) => row.name, count: (row) => row.count };

/** How many resellers are of each size, and how many services of each product and in each state. */
export async function distributionFile(ctx: ServiceContext) {
  const { asOf, body } = await readFigure(ctx, 'distribution');
  const counts: Count[] = [
    ...(['services', 'customers'] as const).flatMap((of) =>
      body[of].classes.map(({ size, resellers }) => ({ of: `resellers by ${of}`, name: size, count: resellers })),
    ),
    ...body.products.map(({ product, services }) => ({
      of: 'services by product',
      name: product.title,
      count: services,
    })),
    ...body.states.map(({ status, services }) => ({ of: 'services by state', name: status, count: services })),
  ];
  return { csv: writeTable(COLUMNS, counts), asOf };
}
