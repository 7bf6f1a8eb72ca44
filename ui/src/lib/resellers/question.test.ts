import { expect, test } from 'vitest';
import { filterOf } from './question.ts';

const now = new Date('2027-03-16T10:00:00Z');
const ask = (values: Record<string, string>) => filterOf((name) => values[name] ?? '', 'EUR', now);
const given = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(ask(values)).filter(([, value]) => value !== undefined));

test('an empty address asks for everybody', () => {
  expect(given({})).toEqual({});
});

test('views narrow what the filters leave', () => {
  expect(given({ view: 'overdue' })).toEqual({ overdueDays: 0 });
  expect(given({ view: 'overdue', overdue: '30', tier: 'gold' })).toEqual({ overdueDays: 30, tierId: 'gold' });
  expect(given({ view: 'falling' })).toEqual({ falling: { currency: 'EUR', bp: 2500 } });
  expect(given({ view: 'new', q: 'lumen' })).toEqual({ since: '2027-03-01T00:00:00.000Z', search: 'lumen' });
  expect(given({ view: 'suspended', status: 'active' })).toEqual({ status: 'suspended' });
});

test('a filter that is not set is not asked for', () => {
  expect(given({ api: 'no', book: 'yes' })).toEqual({ apiEnabled: false, hasPriceBook: true });
});
