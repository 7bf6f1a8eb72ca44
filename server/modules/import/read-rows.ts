import { CsvError, parse } from 'csv-parse/sync';
import { ServiceError } from '../../errors.ts';
import { type ImportInput, importRow, MAX_ROWS, type ReadRow } from './schemas.ts';

interface Record {
  record: { [column: string]: string };
  info: { lines: number };
}

/** The rows of a file or a choice, each checked by itself. @throws bad_input when it is no CSV of these columns at all */
export function readRows(input: ImportInput): ReadRow[] {
  if ('rows' in input) return input.rows.map((row, index) => checked(row, index + 1));
  const records = readCsv(input.csv);
  if (records.length === 0) throw new ServiceError('bad_input', 'The file has no rows below its header.', '/csv');
  if (records.length > MAX_ROWS) {
    throw new ServiceError('bad_input', `The file has more than ${MAX_ROWS} rows. Cut it in parts.`, '/csv');
  }
  return records.map(({ record, info }) => checked(record, info.lines));
}

function readCsv(csv: string): Record[] {
  // Spreadsheets of many countries write semicolons.
  const [header = ''] = csv.split(/\r?\n/, 1);
  const delimiter = header.includes(';') && !header.includes(',') ? ';' : ',';
  const columns = (names: string[]): string[] => {
    const known = names.map((name) => name.trim().toLowerCase());
    const unknown = known.filter((name) => !Object.hasOwn(importRow.shape, name));
    if (unknown.length > 0 || !known.includes('client') || !known.includes('as')) {
      const wanted = Object.keys(importRow.shape).join(', ');
      const what = unknown.length > 0 ? `does not know the column "${unknown[0]}"` : 'needs the columns client and as';
      throw new ServiceError('bad_input', `The import ${what}. Columns: ${wanted}.`, '/csv');
    }
    return known;
  };
  try {
    return parse(csv, {
      bom: true,
      columns,
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Record[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ServiceError('bad_input', `The file cannot be read: ${error.message}`, '/csv');
  }
}

function checked(raw: unknown, line: number): ReadRow {
  const parsed = importRow.safeParse(raw);
  if (parsed.success) return { line, row: parsed.data, errors: [] };
  const errors = parsed.error.issues.map(({ path, message }) => ({
    column: path.length > 0 ? String(path[0]) : null,
    message,
  }));
  return { line, row: null, errors };
}
