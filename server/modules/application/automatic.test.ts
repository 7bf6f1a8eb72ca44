import { describe, expect, test } from 'vitest';
import { automaticApproval } from '../settings/sections/applications.ts';
import { unmetConditions } from './automatic.ts';
import { clientFacts } from './facts.ts';

const client = {
  id: '7',
  status: 'active' as const,
  name: 'Ines',
  company: null,
  email: 'ines@example.org',
  country: 'DE',
  currency: 'EUR',
  createdAt: '2027-01-01T00:00:00Z',
};
const at = new Date('2027-01-31T00:00:00Z');
type Invoice = Parameters<typeof clientFacts>[0]['invoices'][number];
const invoice = (part: Partial<Invoice>, currency = 'EUR', digits = 2): Invoice => ({
  id: '1',
  number: '1',
  clientId: '7',
  orderId: null,
  status: 'paid',
  money: { currency, digits, tax: 'net' },
  total: '10.00',
  issuedAt: null,
  dueOn: null,
  paidAt: null,
  lines: [],
  ...part,
});
const facts = (invoices: Invoice[], status: 'active' | 'closed' = 'active') =>
  clientFacts({ client: { ...client, status }, services: [], invoices }, at, 'Europe/Berlin');
const subject = (known = facts([])) => ({
  facts: known,
  taxIdCheck: 'ok' as const,
  country: 'DE',
  isDuplicate: false,
  at,
});
const rule = (part: object) => automaticApproval.parse(part);

test('off approves nobody; on approves every active client that is no duplicate', () => {
  expect(unmetConditions(rule({}), subject())).toEqual(['off']);
  const on = rule({ mode: 'on', clientAgeDays: 9999 });
  expect(unmetConditions(on, subject())).toEqual([]);
  expect(unmetConditions(on, { ...subject(), isDuplicate: true })).toEqual(['duplicate']);
  expect(unmetConditions(on, subject(facts([], 'closed')))).toEqual(['client_not_active']);
  expect(unmetConditions(on, { ...subject(), facts: null })).toEqual(['host_unreachable']);
});

describe('conditions', () => {
  const unmet = (part: object, about: Parameters<typeof unmetConditions>[1] = subject()) =>
    unmetConditions(rule({ mode: 'conditions', ...part }), about);
  test('a client is old enough on the day itself', () => {
    expect(unmet({ clientAgeDays: 30 })).toEqual([]);
    expect(unmet({ clientAgeDays: 31 })).toEqual(['client_age']);
  });
  test('what was paid counts in its own currency, less refunds, to the last unit', () => {
    const paid = facts([
      invoice({ total: '100.00' }),
      invoice({
        total: '50.00',
        status: 'part_refunded',
        refunds: [{ id: 'r', at: '2027-01-02T00:00:00Z', amount: '20.01', lines: null }],
      }),
      invoice({ total: '900.00', status: 'unpaid' }),
      invoice({ total: '900.00', status: 'refunded' }),
      invoice({ total: '5000' }, 'JPY', 0),
    ]);
    expect(paid.paid).toEqual([
      { currency: 'EUR', amount: '129.99' },
      { currency: 'JPY', amount: '5000' },
    ]);
    const least = (amount: string, currency: string) => unmet({ paidTotal: { amount, currency } }, subject(paid));
    expect(least('129.99', 'EUR')).toEqual([]);
    expect(least('130', 'EUR')).toEqual(['paid_total']);
    expect(least('5000', 'JPY')).toEqual([]);
    expect(least('0.01', 'USD')).toEqual(['paid_total']);
  });
  test('an invoice is overdue from the day after it is due, in the provider’s zone', () => {
    const due = (dueOn: string) =>
      unmet({ noOverdueInvoice: true }, subject(facts([invoice({ status: 'unpaid', dueOn })])));
    expect(due('2027-01-30')).toEqual(['overdue_invoice']);
    expect(due('2027-01-31')).toEqual([]);
  });
  test('every condition that is set must hold', () => {
    const about = { ...subject(), taxIdCheck: 'unchecked' as const, country: null };
    expect(unmet({ taxIdChecked: true, countries: ['DE'], clientAgeDays: 1 }, about)).toEqual(['tax_id', 'country']);
  });
});
