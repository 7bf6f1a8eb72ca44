import { expect, test } from 'vitest';
import { readCsvFile, writeCsvPart, writeTable } from './csv-file.ts';

const columns = ['name', 'email', 'phone'] as const;
const read = (csv: string) => readCsvFile(csv, { known: columns, required: ['name'], maxRows: 2 });

test('what was written is read again, formulas disarmed on the way', () => {
  const row = { name: '=cmd|x', email: 'Nord, "West"', phone: '+49 1' };
  const written = writeCsvPart(columns, [row], { first: true });
  expect(written).toBe('\uFEFFname,email,phone\r\n\'=cmd|x,"Nord, ""West""",\'+49 1\r\n');
  expect(read(written)).toEqual([{ line: 2, fields: row }]);
});

test('amounts below zero stay numbers, what begins like them does not', () => {
  const cells = ['-25.00', '-3', '-1+1', '-', '-1.', '- 1', '-1.5.2', '−1'].map((name) => ({ name }));
  expect(writeCsvPart(['name'], cells, { first: false }).split('\r\n').slice(0, -1)).toEqual([
    '-25.00',
    '-3',
    "'-1+1",
    "'-",
    "'-1.",
    "'- 1",
    "'-1.5.2",
    '−1',
  ]);
});

test('a later part of a file has neither mark nor header', () => {
  expect(writeCsvPart(['name'], [{ name: 'x' }], { first: false })).toBe('x\r\n');
});

test('a table says what stands in each column, in their order', () => {
  const table = {
    name: (row: { of: string; at: number | null }) => row.of,
    at: (row: { at: number | null }) => row.at,
  };
  const rows = [
    { of: '=x', at: -1 },
    { of: 'y', at: null },
  ];
  expect(writeTable(table, rows)).toBe("\uFEFFname,at\r\n'=x,-1\r\ny,\r\n");
  expect(writeTable(table, rows, { first: false })).toBe("'=x,-1\r\ny,\r\n");
  expect(writeTable(table, [])).toBe('\uFEFFname,at\r\n');
});

test('rows keep their line; columns stand in any order, cut by semicolons too', () => {
  expect(read('Email;name\r\n\r\na@b.example;Ines').map(({ line, fields }) => [line, fields['name']])).toEqual([
    [3, 'Ines'],
  ]);
});

test.each([
  ['name,rate\nx,5', 'unknown column "rate"'],
  ['email\nx', 'lacks the column "name"'],
  ['name\n', 'no rows'],
  ['name\n"x', 'cannot be read'],
  ['name\na\nb\nc', 'more than 2 rows'],
])('%j is refused as a whole', (csv, words) => {
  expect(() => read(csv)).toThrow(words);
});
