import type { RulesOfTiers } from './rules.ts';

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The review on or before a day: the first day of its month, quarter or year. Days are of the billing zone. */
export function lastReview(every: RulesOfTiers['reviewEvery'], day: string): string {
  const month = Number(day.slice(5, 7)) - 1;
  return iso(Number(day.slice(0, 4)), month - (month % MONTHS[every]), 1);
}

/** The first review after a day. */
export function nextReview(every: RulesOfTiers['reviewEvery'], day: string): string {
  const last = lastReview(every, day);
  return iso(Number(last.slice(0, 4)), Number(last.slice(5, 7)) - 1 + MONTHS[every], 1);
}

/** The first day of the twelve months that end with `day`: 2026-03-01 for 2027-02-28. */
export function yearBefore(day: string): string {
  const next = addDays(day, 1);
  const [year, month, date] = next.split('-').map(Number) as [number, number, number];
  // 29 February has no year before: the last day of that month stands for it.
  const days = new Date(Date.UTC(year - 1, month, 0)).getUTCDate();
  return iso(year - 1, month - 1, Math.min(date, days));
}

/** Calendar arithmetic on a day without a zone. */
export function addDays(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

function iso(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}
