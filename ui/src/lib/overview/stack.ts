import type { NetworkSeries } from '#lib/api/contract.ts';
import { daysBetween } from '#lib/format/dates.ts';
import { add, subtract, sum } from '#lib/format/decimal.ts';

/** A bar: the largest resellers from below, the others on top. Numbers for drawing only, amounts for words. */
export interface Bar {
  start: string;
  total: string;
  parts: { name: string; amount: string; size: number }[];
  before: number | null;
  /** The day runs still: what is told of it is not complete. */
  running: boolean;
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
      running: series.interval === 'day' && start === series.today,
    };
  });
}

/** The same bars with what the provider sold itself on top; `alone`: that only, without the resellers' part. */
export function withDirect(
  bars: readonly Bar[],
  direct: readonly { day: string; amount: string }[],
  { byMonth, alone, name }: { byMonth: boolean; alone: boolean; name: string },
): Bar[] {
  return bars.map((bar) => {
    const days = direct.filter(({ day }) => (byMonth ? day.slice(0, 7) === bar.start.slice(0, 7) : day === bar.start));
    const amount = sum(days.map((row) => row.amount));
    const part = { name, amount, size: Number(amount) };
    // The period before is known of the resellers alone.
    return {
      ...bar,
      total: alone ? amount : add(bar.total, amount),
      parts: alone ? [part] : [...bar.parts, part],
      before: null,
    };
  });
}
