import { add, shareBp } from '#lib/format/decimal.ts';

/** What moving prices does to one currency in a month: the change, and its part of what is paid now. */
export function effectOf(row: { before: string; dearer: string; cheaper: string }): {
  amount: string;
  bp: number | null;
} {
  const amount = add(row.dearer, row.cheaper);
  return { amount, bp: shareBp(amount, row.before) };
}
