import { stringify } from 'csv-stringify/sync';

/** A cell: amounts as text. Null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * A CSV for spreadsheets: UTF-8 with its mark, every cell quoted, and no cell that a spreadsheet would run as a formula.
 * `header: false` is for the second and later parts of one file.
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly (readonly CsvCell[])[],
  { header = true }: { header?: boolean } = {},
): string {
  return stringify([...(header ? [columns] : []), ...rows], {
    bom: header,
    quoted: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
