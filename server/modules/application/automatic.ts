import { parseAmount } from '../../money.ts';
import type { AutomaticApproval } from '../settings/sections/applications.ts';
import type { ClientFacts } from './facts.ts';
import type { TaxIdCheck } from './schemas.ts';

interface Subject {
  facts: ClientFacts | null;
  taxIdCheck: TaxIdCheck;
  country: string | null;
  /** Same tax ID or registration number as another record, and nobody said that it is none. */
  isDuplicate: boolean;
  at: Date;
}

const DAY_MS = 86_400_000;
/** Digits of the longest amount of the contract: sums of any currency compare exactly. */
const DIGITS = 8;

/**
 * Which conditions keep an application from being approved without a person; empty = approve. In every mode the host
 * must have answered, the client account must be active, and a duplicate goes to a person.
 */
export function unmetConditions(rule: AutomaticApproval, subject: Subject): string[] {
  if (rule.mode === 'off') return ['off'];
  const { facts } = subject;
  const always = {
    host_unreachable: facts === null,
    client_not_active: facts !== null && facts.clientStatus !== 'active',
    duplicate: subject.isDuplicate,
  };
  const conditions = {
    client_age: rule.clientAgeDays !== null && ageDays(subject) < rule.clientAgeDays,
    overdue_invoice: rule.noOverdueInvoice && facts !== null && facts.overdueInvoices > 0,
    paid_total:
      rule.paidTotal !== null && paid(facts, rule.paidTotal.currency) < parseAmount(rule.paidTotal.amount, DIGITS),
    tax_id: rule.taxIdChecked && subject.taxIdCheck !== 'ok',
    country: rule.countries.length > 0 && !rule.countries.includes(subject.country ?? ''),
  };
  const asked = rule.mode === 'on' ? always : { ...always, ...conditions };
  return Object.entries(asked).flatMap(([name, unmet]) => (unmet ? [name] : []));
}

function ageDays({ facts, at }: Subject): number {
  return facts === null ? 0 : (at.getTime() - Date.parse(facts.clientSince)) / DAY_MS;
}

function paid(facts: ClientFacts | null, currency: string): bigint {
  const sum = facts?.paid.find((one) => one.currency === currency);
  return sum ? parseAmount(sum.amount, DIGITS) : 0n;
}
