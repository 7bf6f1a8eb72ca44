import { expect, test } from 'vitest';
import { term as contractTerm } from '../contract/objects/primitives.ts';
import { addTerm, compareTerms, parseTerm } from './term.ts';

/** What the hosts sell in: FOSSBilling's seven periods; the sandbox's are among them; others count days and months freely. */
const HOSTS = {
  '1W': { count: 1, unit: 'W', months: 0, days: 7 },
  '1M': { count: 1, unit: 'M', months: 1, days: 0 },
  '3M': { count: 3, unit: 'M', months: 3, days: 0 },
  '6M': { count: 6, unit: 'M', months: 6, days: 0 },
  '1Y': { count: 1, unit: 'Y', months: 12, days: 0 },
  '2Y': { count: 2, unit: 'Y', months: 24, days: 0 },
  '3Y': { count: 3, unit: 'Y', months: 36, days: 0 },
  '1D': { count: 1, unit: 'D', months: 0, days: 1 },
  '90D': { count: 90, unit: 'D', months: 0, days: 90 },
  '52W': { count: 52, unit: 'W', months: 0, days: 364 },
  '24M': { count: 24, unit: 'M', months: 24, days: 0 },
  '999Y': { count: 999, unit: 'Y', months: 11_988, days: 0 },
};
const NONE = [
  '',
  'M',
  '1',
  '0M',
  '01M',
  '-1M',
  '1.5M',
  '1000M',
  '1m',
  '1H',
  '1MM',
  ' 1M',
  '1M ',
  '1M\n',
  '1M2',
  'Once',
];

test.each(Object.entries(HOSTS))('%s is taken apart into its count, unit and length', (code, term) => {
  expect(parseTerm(code)).toEqual(term);
});

test('what is bought once has no length', () => {
  expect(parseTerm('once')).toBeNull();
});

test.each(NONE)('%j is no term', (code) => {
  expect(parseTerm(code)).toBeNull();
  expect(addTerm('2027-03-16', code)).toBeNull();
});

test('the contract lets pass what is read here, and nothing else', () => {
  for (const code of ['once', ...Object.keys(HOSTS)]) expect(contractTerm.safeParse(code).success, code).toBe(true);
  for (const code of NONE) expect(contractTerm.safeParse(code).success, code).toBe(false);
});

test('short terms come first, once comes last, and equal lengths always in one order', () => {
  const order = [
    '1D',
    '6D',
    '1W',
    '4W',
    '30D',
    '1M',
    '31D',
    '3M',
    '26W',
    '6M',
    '364D',
    '52W',
    '12M',
    '1Y',
    '366D',
    '2Y',
    'once',
  ];
  expect(order.toReversed().toSorted(compareTerms)).toEqual(order);
  expect(compareTerms('once', 'once')).toBe(0);
});

test.each([
  ['2027-03-16', '1M', '2027-04-16'],
  ['2027-01-31', '1M', '2027-02-28'],
  ['2028-01-31', '1M', '2028-02-29'],
  ['2027-12-31', '3M', '2028-03-31'],
  ['2028-02-29', '1Y', '2029-02-28'],
  ['2027-12-30', '1W', '2028-01-06'],
  ['2027-02-28', '90D', '2027-05-29'],
])('%s and a term of %s is %s', (day, code, later) => {
  expect(addTerm(day, code)).toBe(later);
});

test('nothing is due again that is bought once', () => {
  expect(addTerm('2027-03-16', 'once')).toBeNull();
});
