import { currencySymbol, readMoney } from '#lib/format/money.ts';
import { type Area, type EditedCell, type GridRow, nameCell } from './rows.ts';

/** What a pasted text is for the grid: cells to set, and what could not be placed, named by its line. */
export interface Pasted {
  cells: EditedCell[];
  unmatched: { line: number; text: string; why: 'product' | 'twice' | 'line' | 'amount' | 'term' | 'outside' }[];
}

const AMOUNT = /^[-\d.,'\s\u00a0]+$/;

/** Lines and tabs, or commas or semicolons where there is no tab in a line; quotes as spreadsheets write them. */
export function readTable(text: string): string[][] {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  const head = lines[0] ?? '';
  const sign = head.includes('\t') ? '\t' : head.includes(';') ? ';' : ',';
  const tabs = text.includes('\t') || lines.length === 1 ? '\t' : sign;
  return lines.map((line) => splitLine(line, tabs).map((each) => each.trim()));
}

function splitLine(line: string, sign: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === sign && !quoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

/** An amount as it was copied somewhere else, with or without the currency; null when it cannot be read. */
export function readPasted(text: string, currency: string): string | null {
  const bare = text.replace(currency, '').replace(currencySymbol('en', currency), '');
  return readMoney(bare.trim(), currency);
}

/** True for a block of amounts only: it goes where the cursor is. Anything with names in it is matched by them. */
export function isBlock(table: readonly string[][], currency: string): boolean {
  const filled = table.flat().filter((text) => text !== '');
  return filled.length > 0 && filled.every((text) => AMOUNT.test(text) || readPasted(text, currency) !== null);
}

/**
 * A block of amounts from a cell on; one amount alone fills all that is selected. Empty texts change nothing. An area of
 * the grid ends at its edge: what lies outside is named.
 */
export function placeBlock(
  table: readonly string[][],
  rows: readonly GridRow[],
  terms: readonly string[],
  area: Area,
  currency: string,
): Pasted {
  const single = table.length === 1 && table[0]?.length === 1;
  const result: Pasted = { cells: [], unmatched: [] };
  const place = (row: number, col: number, text: string, line: number): void => {
    if (text === '') return;
    const [to, term] = [rows[row], terms[col]];
    const amount = readPasted(text, currency);
    if (!to || term === undefined) result.unmatched.push({ line, text, why: 'outside' });
    else if (amount === null) result.unmatched.push({ line, text, why: 'amount' });
    else if (!single || to.cells[col]) result.cells.push(nameCell(to, term, amount));
  };
  const [lines, columns] = single
    ? [area.bottom - area.top + 1, area.right - area.left + 1]
    : [table.length, Math.max(...table.map((line) => line.length))];
  for (let line = 0; line < lines; line += 1) {
    for (let column = 0; column < columns; column += 1) {
      const text = single ? (table[0]?.[0] ?? '') : (table[line]?.[column] ?? '');
      place(area.top + line, area.left + column, text, line + 1);
    }
  }
  return result;
}

/**
 * A table with names: its first line names the columns. The first column is the product by title or id; a term's column is
 * found by `termNames`; any other one names the line, and without one it is the product's first. Null: no column is a term.
 */
export function matchTable(
  table: readonly string[][],
  rows: readonly GridRow[],
  termNames: ReadonlyMap<string, string>,
  currency: string,
): Pasted | null {
  const [head = [], ...body] = table;
  const columns = head.map((name) => termNames.get(fold(name)) ?? null);
  if (columns.every((term) => term === null)) return null;
  const lineColumn = columns.findIndex((term, index) => index > 0 && term === null);
  const byName = new Map<string, GridRow[]>();
  for (const row of rows) {
    for (const name of new Set([fold(row.productTitle), fold(row.product)])) {
      const held = byName.get(name);
      if (held) held.push(row);
      else byName.set(name, [row]);
    }
  }
  const result: Pasted = { cells: [], unmatched: [] };
  const seen = new Set<string>();
  for (const [index, texts] of body.entries()) {
    const line = index + 2;
    const name = texts[0] ?? '';
    if (texts.every((text) => text === '')) continue;
    const found = byName.get(fold(name)) ?? [];
    const wanted = lineColumn < 0 ? '' : (texts[lineColumn] ?? '');
    const of = found.filter(({ product }) => product === found[0]?.product);
    const row = wanted === '' ? of[0] : of.find((each) => namesOf(each).includes(fold(wanted)));
    if (found.length === 0) result.unmatched.push({ line, text: name, why: 'product' });
    else if (of.length < found.length) result.unmatched.push({ line, text: name, why: 'twice' });
    else if (!row) result.unmatched.push({ line, text: `${name}, ${wanted}`, why: 'line' });
    else if (seen.has(row.id)) result.unmatched.push({ line, text: `${name} ${wanted}`.trim(), why: 'twice' });
    else {
      seen.add(row.id);
      for (const [column, term] of columns.entries()) {
        const text = texts[column] ?? '';
        if (term === null || text === '') continue;
        const amount = readPasted(text, currency);
        if (amount === null) result.unmatched.push({ line, text, why: 'amount' });
        else result.cells.push(nameCell(row, term, amount));
      }
    }
  }
  return result;
}

const namesOf = ({ name, component, charge }: GridRow): string[] => [
  fold(name),
  charge === 'setup' ? `${fold(component)} setup` : fold(component),
];

const fold = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
