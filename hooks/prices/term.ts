export type TermUnit = 'D' | 'W' | 'M' | 'Y';

/** A billing term that comes again. Its length is whole months or whole days, never both: one of the two is 0. */
export interface Term {
  count: number;
  /** Days, weeks, months or years, as the host counts them. */
  unit: TermUnit;
  months: number;
  days: number;
}

/** The code of a term as the contract has it (`hooks/contract/objects/primitives.ts`): "once", or a count up to 999 and a unit. */
export const TERM_CODE = /^(?:once|([1-9][0-9]{0,2})([DWMY]))$/;

/** Months and days of one of a unit. */
const LENGTHS: Record<TermUnit, [months: number, days: number]> = { D: [0, 1], W: [0, 7], M: [1, 0], Y: [12, 0] };

/** A month as it is on average, in days: terms are put in order by it, nothing is charged by it. */
const DAYS_OF_MONTH = 365.25 / 12;

/** Takes the code of a billing term apart, "3M" or "1Y"; null for "once", and for what is no code of a term. */
export function parseTerm(code: string): Term | null {
  const [, digits, unit] = TERM_CODE.exec(code) ?? [];
  if (!digits) return null;
  const count = Number(digits);
  const [months, days] = LENGTHS[unit as TermUnit];
  return { count, unit: unit as TermUnit, months: count * months, days: count * days };
}

/** Short terms first, "once" last; terms of one length by their code, so that the order is always the same. */
export function compareTerms(one: string, other: string): number {
  const [length, otherLength] = [lengthOf(one), lengthOf(other)];
  if (length !== otherLength) return length < otherLength ? -1 : 1;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function lengthOf(code: string): number {
  const term = parseTerm(code);
  return term ? term.months * DAYS_OF_MONTH + term.days : Number.POSITIVE_INFINITY;
}

/**
 * The calendar day one term after another, both YYYY-MM-DD; null for a term that does not come again. A day that the month
 * does not have becomes its last: a month after January 31 is February 28, as hosts and PostgreSQL count.
 */
export function addTerm(day: string, code: string): string | null {
  const term = parseTerm(code);
  if (!term) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = month - 1 + term.months;
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(date, last) + term.days)).toISOString().slice(0, 10);
}
