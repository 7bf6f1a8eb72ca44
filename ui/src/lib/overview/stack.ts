import type { NetworkSeries } from '#lib/api/contract.ts';
import { daysBetween } from '#lib/format/dates.ts';
import { add, subtract, sum } from '#lib/format/decimal.ts';

/** A bar: the largest resellers from below, the others on top. Numbers for drawing only, amounts for words. */
export interface Bar {
  start: string;
  total: string;
  parts: { name: string; amount: string; size: number }[];
  before: number | null;
  /** It runs still: what is told of it is not complete. */
  running: boolean;
}

/** What a bar stands for. */
export const INTERVALS = ['day', 'week', 'month'] as const;

const DAY_MS = 86_400_000;
/** The first days of the weeks (from Monday on), months or days that a range touches, as the service cuts them. */
export function startsOf(interval: NetworkSeries['interval'], from: string, until: string): string[] {
  if (interval === 'month') {
    const months = daysBetween(from, until).filter((day) => day.endsWith('-01'));
    return [...new Set([`${from.slice(0, 8)}01`, ...months])];
  }
  if (interval === 'day') return daysBetween(from, until);
  const first = Date.parse(from);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  return daysBetween(new Date(monday).toISOString().slice(0, 10), until).filter((_, index) => index % 7 === 0);
}

/** The last day of a bar. */
export function endOf(interval: NetworkSeries['interval'], start: string): string {
  if (interval === 'day') return start;
  const at = new Date(start);
  if (interval === 'week') at.setUTCDate(at.getUTCDate() + 6);
  else at.setUTCMonth(at.getUTCMonth() + 1, 0);
  return at.toISOString().slice(0, 10);
}

/** The series as bars, periods without revenue included; the period before stands at the same place. */
export function barsOf(series: NetworkSeries, others: string): Bar[] {
  const { interval } = series;
  const starts = startsOf(interval, series.from, series.until);
  const at = (points: readonly { start: string; amount: string }[], start: string): string =>
    points.find((point) => point.start === start)?.amount ?? '0';
  const before = series.previous
    ? startsOf(interval, series.previous.from, series.previous.until).map((start) => at(series.before, start))
    : [];
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
      running: start <= series.today && series.today <= endOf(interval, start),
    };
  });
}

/** The same bars with what the provider sold itself on top; `alone`: that only, without the resellers' part. */
export function withDirect(
  bars: readonly Bar[],
  direct: readonly { day: string; amount: string }[],
  { interval, alone, name }: { interval: NetworkSeries['interval']; alone: boolean; name: string },
): Bar[] {
  return bars.map((bar) => {
    const end = endOf(interval, bar.start);
    const days = direct.filter(({ day }) => bar.start <= day && day <= end);
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
