import type { RevenueSummary } from '#lib/api/contract.ts';
import { daysBetween } from '#lib/format/dates.ts';
import { compare } from '#lib/format/decimal.ts';
import type { Amount } from '#lib/format/money.ts';

interface Daily {
  /** A value for each day. For the height of bars only, never for figures. */
  values: number[];
  best: (Amount & { day: string }) | null;
}

/** One currency day by day, days without revenue included, and the best of them. */
export function dailyOf(summary: RevenueSummary, currency: string): Daily {
  const rows = summary.byDay.filter((row) => row.currency === currency);
  const amounts = new Map(rows.map((row) => [row.day, row.amount]));
  const best = rows.toSorted((a, b) => compare(b.amount, a.amount))[0];
  return {
    values: daysBetween(summary.from, summary.until).map((day) => Number(amounts.get(day) ?? 0)),
    best: best && compare(best.amount, '0') > 0 ? best : null,
  };
}
