import type { NetworkSeries } from '#lib/api/contract.ts';
import { daysBetween } from '#lib/format/dates.ts';
import { subtract } from '#lib/format/decimal.ts';

/** A bar: the largest resellers from below, the others on top. Numbers for drawing only, amounts for words. */
export interface Bar {
  start: string;
  total: string;
  parts: { name: string; amount: string; size: number }[];
  before: number | null;
}

/** The series as bars, periods without revenue included; the period before stands at the same place. */
export function barsOf(series: NetworkSeries, others: string): Bar[] {
  const starts =
    series.interval === 'day'
      ? daysBetween(series.from, series.until)
      : [...new Set(series.points.map(({ start }) => start))].toSorted();
  const before =
    series.interval === 'day' && series.previous
      ? daysBetween(series.previous.from, series.previous.until).map(
          (day) => series.before.find(({ start }) => start === day)?.amount ?? '0',
        )
      : [];
  const at = (points: readonly { start: string; amount: string }[], start: string): string =>
    points.find((point) => point.start === start)?.amount ?? '0';
  return starts.map((start, index) => {
    const total = at(series.points, start);
    const parts = series.top.map(({ reseller, points }) => ({ name: reseller.company, amount: at(points, start) }));
    const rest = parts.reduce((left, { amount }) => subtract(left, amount), total);
    const previous = before[index];
    return {
      start,
      total,
      parts: [...parts, { name: others, amount: rest }].map((part) => ({ ...part, size: Number(part.amount) })),
      before: previous === undefined ? null : Number(previous),
    };
  });
}
