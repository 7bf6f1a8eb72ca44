import { expect, test } from 'vitest';
import { readCsv } from './read.ts';
import { writeCsv } from './write.ts';

const read = (csv: string) => readCsv(csv, { known: ['name', 'email', 'phone'], required: ['name'], maxRows: 2 });

test('what was written is read again, formulas disarmed on the way', () => {
  const written = writeCsv(['name', 'email', 'phone'], [['=cmd|x', 'Nord, "West"', '+49 1']]);
  expect(written).toBe('\uFEFF"name","email","phone"\r\n"\'=cmd|x","Nord, ""West""","\'+49 1"\r\n');
  expect(read(written)).toEqual([{ line: 2, cells: { name: '=cmd|x', email: 'Nord, "West"', phone: '+49 1' } }]);
});

test('a later part of a file has neither mark nor header', () => {
  expect(writeCsv(['name'], [['x']], { header: false })).toBe('"x"\r\n');
});

test('rows keep their line; columns stand in any order, cut by semicolons too', () => {
  expect(read('Email;name\r\n\r\na@b.example;Ines').map(({ line, cells }) => [line, cells['name']])).toEqual([
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
