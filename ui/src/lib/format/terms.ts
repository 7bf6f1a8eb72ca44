/** Billing terms as the contract writes them: `once`, or a count and a unit: `1M`, `1Y`. */
export type TermUnit = 'D' | 'W' | 'M' | 'Y';

export interface Term {
  count: number;
  unit: TermUnit;
}

export function parseTerm(term: string): Term | null {
  const match = /^(\d+)([DWMY])$/.exec(term);
  return match ? { count: Number(match[1]), unit: match[2] as TermUnit } : null;
}

/** Whole months of a term, null for days, weeks and one time. */
export function monthsOf(term: string): number | null {
  const parsed = parseTerm(term);
  if (parsed?.unit === 'M') return parsed.count;
  return parsed?.unit === 'Y' ? parsed.count * 12 : null;
}

const DAYS: Record<TermUnit, number> = { D: 1, W: 7, M: 30.44, Y: 365.25 };

/** Short terms first, one time last. */
export function compareTerms(one: string, other: string): number {
  const length = (term: string): number => {
    const parsed = parseTerm(term);
    return parsed ? parsed.count * DAYS[parsed.unit] : Number.POSITIVE_INFINITY;
  };
  return length(one) - length(other);
}
