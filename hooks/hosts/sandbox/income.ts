import { dayIn, find, sumOf, toMinor, toText, ZONE, type Host } from './kit.ts';

/** Income per day in the provider's zone, `until` not included: what was paid on its day, less refunds on theirs. */
export function readIncome(host: Host, from: string, until: string) {
  const days = new Map<string, { day: string; currency: string; digits: number; minor: number }>();
  for (const { paidAt, lines, payments, money } of find(host, 'invoice', "json ->> '$.paidAt' IS NOT NULL")) {
    const { currency, digits } = money;
    const book = (at: string, minor: number) => {
      const day = dayIn(ZONE, Date.parse(at));
      if (day < from || day >= until) return;
      const entry = days.get(`${day} ${currency}`) ?? { day, currency, digits, minor: 0 };
      days.set(`${day} ${currency}`, { ...entry, minor: entry.minor + minor });
    };
    const earned = lines.filter(({ kind }) => kind !== 'top_up');
    book(paidAt ?? '', sumOf(digits, earned, 'net'));
    for (const { kind, at, amount } of payments) if (kind === 'refund') book(at, -toMinor(amount, digits));
  }
  const sorted = [...days.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([, { day, currency, digits, minor }]) => ({
    day,
    currency,
    digits,
    amount: toText(minor, digits),
  }));
}
