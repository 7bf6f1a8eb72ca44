import { expect, test } from 'vitest';
import type { BookCell } from '#lib/api/contract.ts';
import { isBlock, matchTable, placeBlock, readTable } from './paste.ts';
import { areaOf, cellsIn, copyText, filterRows, type GridRow } from './rows.ts';

const cell = (wholesale: string, more: Partial<BookCell> = {}): BookCell => ({
  retail: '10.00',
  wholesale,
  source: 'tier_rate',
  bp: 2000,
  ...more,
});
const row = (product: string, component: string, name: string, cells: (BookCell | null)[]): GridRow => ({
  id: `${product}\t${component}\tprice`,
  product,
  productTitle: product.toUpperCase(),
  component,
  charge: 'price',
  name,
  first: component === 'base',
  cells,
});
const terms = ['1M', '1Y'];
const rows = [
  row('vps-s', 'base', 'Base price', [cell('8.00'), cell('80.00', { fixed: '79.00' })]),
  row('vps-s', 'ram:8g', 'Memory: 8 GB', [cell('2.40'), null]),
  row('vps-m', 'base', 'Base price', [cell('16.00'), cell('160.00')]),
];
const names = new Map([
  ['1m', '1M'],
  ['1 month', '1M'],
  ['1 year', '1Y'],
]);
const from = (top: number, left: number) => areaOf({ row: top, col: left }, { row: top, col: left });
const placed = (cells: { product: string; component: string; term: string; amount?: string | null | undefined }[]) =>
  cells.map(({ product, component, term, amount }) => `${product} ${component} ${term} ${amount}`);

test('a block of amounts goes where the cursor is, and what lies outside the grid is named', () => {
  const table = readTable('7.50\t75,00\r\n2\t\r\n$15.00\t150\r\n9\t9\r\n');
  expect(isBlock(table, 'USD')).toBe(true);
  const { cells, unmatched } = placeBlock(table, rows, terms, from(0, 0), 'USD');
  expect(placed(cells)).toEqual([
    'vps-s base 1M 7.50',
    'vps-s base 1Y 75.00',
    'vps-s ram:8g 1M 2.00',
    'vps-m base 1M 15.00',
    'vps-m base 1Y 150.00',
  ]);
  expect(unmatched.map(({ line, why }) => [line, why])).toEqual([
    [4, 'outside'],
    [4, 'outside'],
  ]);
});

test('one amount fills what is selected, where it is sold', () => {
  const all = areaOf({ row: 2, col: 1 }, { row: 0, col: 0 });
  expect(placeBlock(readTable('5'), rows, terms, all, 'USD').cells).toHaveLength(5);
  expect(placeBlock(readTable('1.234,56'), rows, terms, all, 'USD').cells).toEqual([]);
});

test('a table is matched by names, and every line that is not gets named; nothing is guessed', () => {
  const table = readTable(
    [
      'Product\tLine\t1 month\t1 Year',
      'VPS-S\t\t7.50\t75.00',
      'vps-s\tmemory: 8 gb\t2.10\t',
      'vps-s\tGPU\t5\t5',
      'VPS-Q\t\t5\t5',
      'vps-m\t\tseven\t150.00',
      'vps-m\tbase\t1.00\t1.00',
    ].join('\n'),
  );
  expect(isBlock(table, 'USD')).toBe(false);
  const { cells, unmatched } = matchTable(table, rows, names, 'USD')!;
  expect(placed(cells)).toEqual([
    'vps-s base 1M 7.50',
    'vps-s base 1Y 75.00',
    'vps-s ram:8g 1M 2.10',
    'vps-m base 1Y 150.00',
  ]);
  expect(unmatched).toEqual([
    { line: 4, text: 'vps-s, GPU', why: 'line' },
    { line: 5, text: 'VPS-Q', why: 'product' },
    { line: 6, text: 'seven', why: 'amount' },
    { line: 7, text: 'vps-m base', why: 'twice' },
  ]);
  expect(matchTable(readTable('a,b\n1,2'), rows, names, 'USD')).toBeNull();
});

test('two products of one title are never told apart by guessing', () => {
  const twins = [rows[0]!, { ...rows[2]!, productTitle: 'VPS-S' }];
  expect(matchTable(readTable('p,1m\nvps-s,5\n'), twins, names, 'USD')?.unmatched).toEqual([
    { line: 2, text: 'vps-s', why: 'twice' },
  ]);
});

test('what is copied can be pasted, and filters find lines by name and state', () => {
  const all = areaOf({ row: 0, col: 0 }, { row: 2, col: 1 });
  expect(copyText(rows, all)).toBe('8.00\t79.00\n2.40\t\n16.00\t160.00');
  expect(cellsIn(rows, terms, all)).toHaveLength(5);
  expect(filterRows(rows, 'memory', '').map(({ id }) => id)).toEqual(['vps-s\tram:8g\tprice']);
  expect(filterRows(rows, '', 'fixed')).toHaveLength(1);
  expect(filterRows(rows, 'vps-m', 'fixed')).toEqual([]);
});
