import { expect, test } from 'vitest';
import type { NetworkSeries } from '#lib/api/contract.ts';
import { barsOf, withDirect } from './stack.ts';

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

test('what the provider sold itself stands on top, or alone; the day that runs is marked', () => {
  const series = {
    interval: 'day',
    from: '2027-03-01',
    until: '2027-03-02',
    today: '2027-03-02',
    previous: null,
    points: [{ start: '2027-03-02', amount: '10.30' }],
    before: [],
    top: [],
  } as unknown as NetworkSeries;
  const bars = barsOf(series, 'Others');
  expect(bars.map(({ running }) => running)).toEqual([false, true]);
  const direct = [
    { day: '2027-03-01', amount: '5.00' },
    { day: '2027-03-02', amount: '0.05' },
  ];
  const both = withDirect(bars, direct, { byMonth: false, alone: false, name: 'Direct' });
  expect(both.map(({ total, before }) => [total, before])).toEqual([
    ['5.00', null],
    ['10.35', null],
  ]);
  const alone = withDirect(bars, direct, { byMonth: true, alone: true, name: 'Direct' });
  expect(alone[0]).toMatchObject({ total: '5.05', parts: [{ name: 'Direct', amount: '5.05' }] });
});
