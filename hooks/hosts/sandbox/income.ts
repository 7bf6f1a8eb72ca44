import { dayIn, find, sumOf, toMinor, toText, ZONE, type Host } from './kit.ts';

/** Income per day in the provider's zone, `until` not included: what was paid on its day, less refunds on theirs. */
export function readIncome(host: Host, from: string, until: string) {
  const days = new Map<string, { day: string; currency: string; digits: number; minor: number }>();
  for (const { paidAt, lines, payments, money } of find(host, 'invoice', "json ->> '$.paidAt' IS NOT NULL")) {
    const { currency, digits } = money;
    const add = (at: string, minor: number) => {
      const key = `${dayIn(ZONE, Date.parse(at))} ${currency}`;
      days.set(key, { day: key.slice(0, 10), currency, digits, minor: minor + (days.get(key)?.minor ?? 0) });
    };
    add(paidAt ?? '', sumOf(digits, lines, 'net'));
    for (const { kind, at, amount } of payments) if (kind === 'refund') add(at, -toMinor(amount, digits));
  }
  const wanted = [...days.keys()].filter((key) => key >= from && key < until).toSorted();
  return wanted.flatMap((key) => {
    const { day, currency, digits, minor } = days.get(key) ?? { day: '', currency: '', digits: 0, minor: 0 };
    return { day, currency, digits, amount: toText(minor, digits) };
  });
}
