import { expect, test } from 'vitest';
import type { NetworkSeries } from '#lib/api/contract.ts';
import { barsOf } from './stack.ts';

test('days without revenue are there, and the others are what the largest leave', () => {
  const series = {
    interval: 'day',
    from: '2027-03-01',
    until: '2027-03-02',
    previous: { from: '2027-02-27', until: '2027-02-28' },
    points: [{ start: '2027-03-02', amount: '10.30' }],
    before: [{ start: '2027-02-27', amount: '4.00' }],
    top: [{ reseller: { id: 'rs_1', company: 'Acme' }, points: [{ start: '2027-03-02', amount: '10.10' }] }],
  } as unknown as NetworkSeries;
  const [first, second] = barsOf(series, 'Others');
  expect(first).toMatchObject({ total: '0', before: 4 });
  expect(second?.parts.map(({ name, amount }) => [name, amount])).toEqual([
    ['Acme', '10.10'],
    ['Others', '0.20'],
  ]);
  expect(second?.before).toBe(0);
});
