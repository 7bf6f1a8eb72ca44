import type { CsvColumns } from '../../csv-file.ts';
import type { readProducts, readResellers, readServices } from './preview-tables.ts';

type RowOf<Read extends (...input: never[]) => Promise<{ rows: unknown[] }>> = Awaited<
  ReturnType<Read>
>['rows'][number];
type ResellerRow = RowOf<typeof readResellers>;
type ProductRow = RowOf<typeof readProducts>;

/** A reseller with what moving does to a month in one currency; null where none of its services moves. */
type ResellerMonth = ResellerRow & { month: ResellerRow['monthly'][number] | null };

/** The lines of a reseller: one for each currency, and one without where there is none. */
export const monthsOf = (row: ResellerRow): ResellerMonth[] =>
  (row.monthly.length > 0 ? row.monthly : [null]).map((month) => ({ ...row, month }));

const lines: CsvColumns<ResellerRow | ProductRow> = {
  lines_up: (row) => row.linesUp,
  lines_down: (row) => row.linesDown,
  at_floor: (row) => row.atFloor,
  below_floor: (row) => row.belowFloor,
  below_cost: (row) => row.belowCost,
};

export const resellerColumns: CsvColumns<ResellerMonth> = {
  reseller: (row) => row.resellerId,
  company: (row) => row.company,
  has_email: (row) => (row.hasEmail ? 'yes' : 'no'),
  ...lines,
  largest_change_bp: (row) => row.largestBp,
  services: (row) => row.services,
  currency: ({ month }) => month?.currency ?? null,
  monthly_now: ({ month }) => month?.before ?? null,
  monthly_dearer: ({ month }) => month?.dearer ?? null,
  monthly_cheaper: ({ month }) => month?.cheaper ?? null,
  monthly_effect: ({ month }) => month?.effect ?? null,
};

/** `company` is one of the resellers whose prices change alike, named by `group`. */
export const productColumns: CsvColumns<ProductRow> = {
  product: (row) => row.product,
  title: (row) => row.title,
  group: (row) => row.group,
  company: (row) => row.company,
  resellers: (row) => row.resellers,
  ...lines,
  lines_same: (row) => row.linesSame,
  largest_change_bp: (row) => row.largestBp,
  component: ({ largest }) => largest?.component ?? null,
  term: ({ largest }) => largest?.term ?? null,
  charge: ({ largest }) => largest?.charge ?? null,
  currency: ({ largest }) => largest?.currency ?? null,
  old_price: ({ largest }) => largest?.before ?? null,
  new_price: ({ largest }) => largest?.after ?? null,
};

export const serviceColumns: CsvColumns<RowOf<typeof readServices>> = {
  service: (row) => row.serviceId,
  title: (row) => row.title,
  reseller: (row) => row.resellerId,
  company: (row) => row.company,
  product: (row) => row.product,
  term: (row) => row.term,
  quantity: (row) => row.quantity,
  currency: (row) => row.currency,
  old_price: (row) => row.oldPrice,
  new_price: (row) => row.newPrice,
  change_bp: (row) => row.changeBp,
};
