import { billingDay, find, sumOf, toMinor, toText, type Host } from './kit.ts';

/** Income per day in the provider's zone, `until` not included: what was paid on its day, less refunds on theirs. */
export function readIncome(host: Host, from: string, until: string) {
  const days = new Map<string, { day: string; currency: string; digits: number; minor: number }>();
  for (const { paidAt, lines, payments, money } of find(host, 'invoice', "json ->> '$.paidAt' IS NOT NULL")) {
    const { currency, digits } = money;
    const add = (at: string, minor: number) => {
      const day = billingDay(Date.parse(at));
      const earlier = days.get(`${day} ${currency}`)?.minor ?? 0;
      if (day >= from && day < until) days.set(`${day} ${currency}`, { day, currency, digits, minor: earlier + minor });
    };
    add(paidAt ?? '', sumOf(digits, lines, 'net'));
    for (const { kind, at, amount } of payments) if (kind === 'refund') add(at, -toMinor(amount, digits));
  }
  const sorted = [...days].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([, { minor, ...about }]) => ({ ...about, amount: toText(minor, about.digits) }));
}
