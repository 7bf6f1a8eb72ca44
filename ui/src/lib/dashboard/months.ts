import { compare, shareBp } from '#lib/format/decimal.ts';

export interface Month {
  /** First day of the month. */
  start: string;
  amount: string;
  /** Percent of the tallest bar. */
  height: number;
}

interface Point {
  start: string;
  currency: string;
  amount: string;
}

/** The last twelve months of one currency up to the running one; months without revenue are zero, not missing. */
export function monthsOf(points: readonly Point[], currency: string, today: string): Month[] {
  const own = new Map(
    points.filter((point) => point.currency === currency).map((point) => [point.start, point.amount]),
  );
  const [year = 0, month = 0] = today.split('-').map(Number);
  const starts = Array.from({ length: 12 }, (_, index) =>
    new Date(Date.UTC(year, month - 12 + index, 1)).toISOString().slice(0, 10),
  );
  const amounts = starts.map((start) => own.get(start) ?? '0');
  const most = amounts.reduce((top, amount) => (compare(amount, top) > 0 ? amount : top), '0');
  return starts.map((start, index) => {
    const amount = amounts[index] ?? '0';
    return { start, amount, height: Math.max(0, (shareBp(amount, most) ?? 0) / 100) };
  });
}
