import type { KeysOverview, KeyUsage } from '#lib/api/contract.ts';
import { daysBetween } from '#lib/format/dates.ts';

interface Daily {
  /** Calls of each day, oldest first; days without any are zero. */
  values: number[];
  total: number;
  refused: number;
}

/** Days are UTC, as the service counts them. */
const utcToday = (): string => new Date().toISOString().slice(0, 10);

/** A key's calls per day in a list of keys. */
export function dailyOf(overview: KeysOverview | null, keyId: string): Daily {
  const rows = (overview?.usage ?? []).filter((row) => row.keyId === keyId);
  const byDay = new Map(rows.map((row) => [row.day, row.answered + row.refused]));
  const values = overview ? daysBetween(overview.usedFrom, utcToday()).map((day) => byDay.get(day) ?? 0) : [];
  const refused = rows.reduce((sum, row) => sum + row.refused, 0);
  return { values, total: rows.reduce((sum, row) => sum + row.answered, 0) + refused, refused };
}

export interface UsageDay {
  day: string;
  answered: number;
  refused: number;
}

/** Each day of a key's usage, also those without a call. */
export function daysOf(usage: KeyUsage, today = utcToday()): UsageDay[] {
  const days = new Map(daysBetween(usage.from, today).map((day) => [day, { day, answered: 0, refused: 0 }]));
  for (const { day, outcome, calls } of usage.byDay) {
    const row = days.get(day);
    if (row) row[outcome === 'ok' ? 'answered' : 'refused'] += calls;
  }
  return [...days.values()];
}

/** Refused calls by reason, most first. */
export function refusedOf(usage: KeyUsage): { outcome: string; calls: number }[] {
  const sums = new Map<string, number>();
  for (const { outcome, calls } of usage.byDay)
    if (outcome !== 'ok') sums.set(outcome, (sums.get(outcome) ?? 0) + calls);
  return [...sums].map(([outcome, calls]) => ({ outcome, calls })).toSorted((a, b) => b.calls - a.calls);
}
