import { readCsvFile } from '../../csv-file.ts';
import { type ImportInput, importRow, MAX_ROWS, type ReadRow } from './schemas.ts';

const FILE = { known: Object.keys(importRow.shape), required: ['client', 'as'], maxRows: MAX_ROWS };

/** The rows of a file or a choice, each checked by itself. @throws bad_input when it is no CSV of these columns at all */
export function readRows(input: ImportInput): ReadRow[] {
  if ('rows' in input) return input.rows.map((row, index) => checked(row, index + 1));
  return readCsvFile(input.csv, FILE).map(({ fields, line }) => checked(fields, line));
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
