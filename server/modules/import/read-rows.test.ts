import { expect, test } from 'vitest';
import { readRows } from './read-rows.ts';
import { discountBpOf } from './terms.ts';

const read = (csv: string) => readRows({ csv });

test('columns stand in any order, quoted or not, with commas or semicolons, and keep their line', () => {
  const rows = read('\uFEFFas,client,company\r\nreseller,1,"Nord, ""West"""\r\n\r\ncustomer,a@b.example,\r\n');
  expect(rows.map(({ line, row }) => [line, row?.client, row?.as, row?.company])).toEqual([
    [2, '1', 'reseller', 'Nord, "West"'],
    [4, 'a@b.example', 'customer', null],
  ]);
  expect(read('client;as;discount\n1;reseller;12.5')[0]?.row).toMatchObject({
    discount: '12.5',
    move_to_wholesale: false,
  });
});

test.each([
  ['12.5', 1250],
  ['0', 0],
  ['7.25', 725],
  ['100.00', 10_000],
  ['100', 10_000],
])('%s %% is %i basis points', (discount, bp) => {
  expect(discountBpOf(read(`client,as,discount\n1,reseller,${discount}`)[0]!.row!)).toBe(bp);
});

test.each([
  ['client,as\n1,boss', 'as', 'reseller or customer'],
  ['client,as\n,reseller', 'client', 'enter the id'],
  ['client,as,discount\n1,reseller,100.01', 'discount', 'percent'],
  ['client,as,discount\n1,reseller,-1', 'discount', 'percent'],
  ['client,as,move_to_wholesale\n1,reseller,perhaps', 'move_to_wholesale', 'yes or no'],
])('%j is a fault of its column', (csv, column, words) => {
  const [row] = read(csv);
  expect(row).toMatchObject({ line: 2, row: null, errors: [{ column, message: expect.stringContaining(words) }] });
});

test.each([
  ['client,as,rate\n1,reseller,5', 'unknown column "rate"'],
  ['client,company\n1,x', 'lacks the column'],
  ['client,as\n', 'no rows'],
  ['client,as\n1,"reseller', 'cannot be read'],
  ['client,as\n1,reseller,too,many', 'cannot be read'],
  [`client,as\n${'1,reseller\n'.repeat(1001)}`, 'more than 1000'],
])('%j is refused as a whole', (csv, words) => {
  expect(() => read(csv)).toThrow(words);
});
