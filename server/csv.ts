import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV for spreadsheets: UTF-8 with a byte order mark, one header line, text that a spreadsheet would take for a
 * formula begins with an apostrophe. A number stays a number, also below zero, and so does an amount as decimal text: a
 * refund of "-25.00" has to be summed with the rest.
 */
export function writeCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Partial<Record<Column, string | number | null>>[],
): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column] ?? '')),
    {
      header: true,
      columns: [...columns],
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { string: (text) => (/^-\d+(\.\d+)?$/.test(text) ? { value: text, escape_formulas: false } : text) },
    },
  );
}

/** A line of a CSV file that was read: its number in the file, and its fields by the names of the header. */
export interface CsvLine {
  line: number;
  fields: Record<string, string>;
}

/**
 * Reads CSV with a header line; comma or semicolon, with or without byte order mark. The apostrophe that `writeCsv` put
 * before a formula goes again, so that what was exported can be imported. @throws CsvError with the line
 */
export function readCsv(text: string): CsvLine[] {
  // Spreadsheets of many countries write semicolons; a comma in a field of such a file is no separator.
  const [header = ''] = text.split(/\r?\n/, 1);
  const records = parse(text, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    delimiter: header.includes(';') && !header.includes(',') ? ';' : ',',
    info: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as { info: { lines: number }; record: Record<string, string> }[];
  return records.map(({ info, record }) => ({
    line: info.lines,
    fields: Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value]),
    ),
  }));
}
