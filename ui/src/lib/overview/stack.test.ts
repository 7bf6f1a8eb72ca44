import { expect, test } from 'vitest';
import type { NetworkSeries } from '#lib/api/contract.ts';
import { barsOf, endOf, startsOf, withDirect } from './stack.ts';

test('days without revenue are there, and the others are what the largest leave', () => {
  const series = {
    interval: 'day',
    from: '2027-03-01',
    until: '2027-03-02',
    today: '2027-03-05',
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
  const both = withDirect(bars, direct, { interval: 'day', alone: false, name: 'Direct' });
  expect(both.map(({ total, before }) => [total, before])).toEqual([
    ['5.00', null],
    ['10.35', null],
  ]);
  const alone = withDirect(bars, direct, { interval: 'month', alone: true, name: 'Direct' });
  expect(alone[0]).toMatchObject({ total: '5.05', parts: [{ name: 'Direct', amount: '5.05' }] });
});

test('weeks begin on Monday and months on the first, also where a range begins in their midst', () => {
  expect(startsOf('week', '2027-03-03', '2027-03-16')).toEqual(['2027-03-01', '2027-03-08', '2027-03-15']);
  expect(startsOf('month', '2027-01-15', '2027-03-02')).toEqual(['2027-01-01', '2027-02-01', '2027-03-01']);
  expect(startsOf('day', '2027-02-28', '2027-03-01')).toEqual(['2027-02-28', '2027-03-01']);
  expect([endOf('week', '2027-02-22'), endOf('month', '2028-02-01'), endOf('day', '2027-01-31')]).toEqual([
    '2027-02-28',
    '2028-02-29',
    '2027-01-31',
  ]);
});

test('of weeks the one with today in it runs, and the one before stands at the same place', () => {
  const series = {
    interval: 'week',
    from: '2027-03-08',
    until: '2027-03-17',
    today: '2027-03-17',
    previous: { from: '2027-02-26', until: '2027-03-07' },
    points: [{ start: '2027-03-15', amount: '7.00' }],
    before: [{ start: '2027-03-01', amount: '5.00' }],
    top: [],
  } as unknown as NetworkSeries;
  expect(barsOf(series, 'Others').map(({ total, before, running }) => [total, before, running])).toEqual([
    ['0', 0, false],
    ['7.00', 5, true],
  ]);
});
