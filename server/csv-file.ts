import { CsvError } from 'csv-parse/sync';
import { type CsvLine, readCsv, writeCsv } from './csv.ts';
import { ServiceError } from './errors.ts';

/**
 * The rows of a file that somebody hands in, columns in any order. @throws bad_input when it is no CSV of these columns,
 * empty, or longer than `maxRows`
 */
export function readCsvFile(
  csv: string,
  { known, required, maxRows }: { known: readonly string[]; required: readonly string[]; maxRows: number },
): CsvLine[] {
  const rows = readOrRefuse(csv);
  if (rows.length === 0) throw refused('The file has no rows below its header.');
  if (rows.length > maxRows) throw refused(`The file has more than ${maxRows} rows. Cut it in parts.`);
  const given = Object.keys(rows[0]!.fields);
  const unknown = given.find((name) => !known.includes(name));
  const missing = required.find((name) => !given.includes(name));
  const columns = known.join(', ');
  if (unknown !== undefined) throw refused(`The file has the unknown column "${unknown}". Columns: ${columns}.`);
  if (missing !== undefined) throw refused(`The file lacks the column "${missing}". Columns: ${columns}.`);
  return rows;
}

function readOrRefuse(csv: string): CsvLine[] {
  try {
    return readCsv(csv);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refused(`The file cannot be read: ${error.message}`);
  }
}

function refused(message: string): ServiceError {
  return new ServiceError('bad_input', message, '/csv');
}

/** A part of a file that is fetched in several: only the first has the mark and the header. */
export function writeCsvPart<Column extends string>(
  columns: readonly Column[],
  rows: readonly Record<Column, string | number | null>[],
  { first }: { first: boolean },
): string {
  const csv = writeCsv(columns, rows);
  return first ? csv : csv.slice(csv.indexOf('\n') + 1);
}

/** The columns of a table in their order, each with what stands in it for a row. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => string | number | null>>;

/** Rows as CSV by a table of columns; a later part of a file has neither mark nor header. */
export function writeTable<Row>(columns: CsvColumns<Row>, rows: readonly Row[], { first = true } = {}): string {
  const lines = rows.map((row) => Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(row)])));
  return writeCsvPart(Object.keys(columns), lines, { first });
}
