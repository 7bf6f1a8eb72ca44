import type { BookCell, BookEdit } from '#lib/api/contract.ts';

/** One line of the grid: a charge of a product, with a cell for each term; null where it is not sold. */
export interface GridRow {
  id: string;
  product: string;
  productTitle: string;
  component: string;
  charge: 'price' | 'setup';
  /** "Base price", "Setup fee", "Memory: 8 GB" */
  name: string;
  /** First line of its product. */
  first: boolean;
  cells: readonly (BookCell | null)[];
}

/** A cell as an edit names it. */
export type EditedCell = BookEdit['cells'][number];

export const VIEWS = ['fixed', 'changed', 'stale', 'floor'] as const;
export type View = (typeof VIEWS)[number] | '';

const fits: Record<Exclude<View, ''>, (cell: BookCell) => boolean> = {
  fixed: (cell) => cell.fixed !== undefined,
  changed: (cell) => cell.was !== undefined,
  stale: (cell) => cell.stale !== undefined,
  floor: (cell) => cell.adjusted === 'floor',
};

/** The lines that are looked for; names are compared without regard to case. */
export function filterRows(rows: readonly GridRow[], text: string, view: View): readonly GridRow[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted && !view) return rows;
  return rows.filter(
    ({ product, productTitle, name, cells }) =>
      (!wanted || `${productTitle} ${product} ${name}`.toLowerCase().includes(wanted)) &&
      (!view || cells.some((cell) => cell !== null && fits[view](cell))),
  );
}

/** A place in the grid, and what is between two of them. */
export interface Place {
  row: number;
  col: number;
}
export interface Area {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const areaOf = (one: Place, other: Place): Area => ({
  top: Math.min(one.row, other.row),
  bottom: Math.max(one.row, other.row),
  left: Math.min(one.col, other.col),
  right: Math.max(one.col, other.col),
});

export const isInside = ({ top, bottom, left, right }: Area, row: number, col: number): boolean =>
  row >= top && row <= bottom && col >= left && col <= right;

export const nameCell = (row: GridRow, term: string, amount: string | null = null): EditedCell => ({
  product: row.product,
  component: row.component,
  term,
  charge: row.charge,
  amount,
});

/** Names a cell whatever is shown: errors and amounts on their way are kept by it. */
export const cellKey = ({ product, component, charge, term }: Omit<EditedCell, 'amount'>): string =>
  [product, component, charge, term].join('\t');

/** The cells of an area that are sold. */
export function cellsIn(rows: readonly GridRow[], terms: readonly string[], area: Area): EditedCell[] {
  return rows.slice(area.top, area.bottom + 1).flatMap((row) =>
    terms.slice(area.left, area.right + 1).flatMap((term, index) => {
      return row.cells[area.left + index] ? nameCell(row, term) : [];
    }),
  );
}

/** The amounts of an area as a spreadsheet takes them: what is paid, lines and tabs; nothing where it is not sold. */
export function copyText(rows: readonly GridRow[], area: Area): string {
  return rows
    .slice(area.top, area.bottom + 1)
    .map(({ cells }) =>
      cells
        .slice(area.left, area.right + 1)
        .map((cell) => cell?.fixed ?? cell?.wholesale ?? '')
        .join('\t'),
    )
    .join('\n');
}
