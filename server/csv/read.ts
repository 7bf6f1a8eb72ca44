import { CsvError, parse } from 'csv-parse/sync';
import { ServiceError } from '../errors.ts';

/** A row of a file: its cells by column, and the line of the file it ends in. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

interface Parsed {
  record: Record<string, string>;
  info: { lines: number };
}

/** What our own export puts before a cell that a spreadsheet would run; taken off again when it comes back. */
const GUARDED = /^'(?=[=+\-@])/;

/**
 * Rows of a CSV with a header, columns in any order, cut by commas or, as spreadsheets of many countries write, by
 * semicolons. @throws bad_input when it is no CSV of these columns, empty, or longer than `maxRows`
 */
export function readCsv(
  csv: string,
  { known, required, maxRows }: { known: readonly string[]; required: readonly string[]; maxRows: number },
): CsvRow[] {
  const [header = ''] = csv.split(/\r?\n/, 1);
  const delimiter = header.includes(';') && !header.includes(',') ? ';' : ',';
  const columns = (names: string[]): string[] => {
    const given = names.map((name) => name.trim().toLowerCase());
    const unknown = given.find((name) => !known.includes(name));
    const missing = required.find((name) => !given.includes(name));
    if (unknown !== undefined)
      throw refused(`The file has the unknown column "${unknown}". Columns: ${known.join(', ')}.`);
    if (missing !== undefined) throw refused(`The file lacks the column "${missing}". Columns: ${known.join(', ')}.`);
    return given;
  };
  const options = { bom: true, columns, delimiter, info: true, skip_empty_lines: true, trim: true };
  try {
    const rows = parse(csv, options) as unknown as Parsed[];
    if (rows.length === 0) throw refused('The file has no rows below its header.');
    if (rows.length > maxRows) throw refused(`The file has more than ${maxRows} rows. Cut it in parts.`);
    return rows.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, cell.replace(GUARDED, '')])),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refused(`The file cannot be read: ${error.message}`);
  }
}

function refused(message: string): ServiceError {
  return new ServiceError('bad_input', message, '/csv');
}
