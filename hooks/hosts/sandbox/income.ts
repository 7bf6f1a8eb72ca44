import { addDays, dayIn } from './calendar.ts';
import { ZONE, type Host } from './host.ts';
import { toText } from './money.ts';

type Booking = { at: string; currency: string; digits: number; amount: number };

/** Income per day in the provider's zone, `until` not included: what was paid on its day, less refunds on theirs. */
export function readIncome(host: Host, from: string, until: string) {
  const sql = `SELECT at, currency, digits, amount FROM (
      SELECT i.paidAt AS at, i.currency, sum(l.quantity * l.unitPrice) AS amount FROM invoices i
        JOIN invoice_lines l ON l.invoiceId = i.id WHERE i.paidAt IS NOT NULL AND l.kind <> 'top_up' GROUP BY i.id
      UNION ALL SELECT p.at, i.currency, -p.amount FROM payments p JOIN invoices i ON i.id = p.invoiceId WHERE p.kind = 'refund'
    ) JOIN currencies ON code = currency WHERE at >= ? AND at < ?`;
  // A day of the zone reaches into the UTC days beside it, so read one more on each side and cut exactly.
  const bookings = host.db.all<Booking>(sql, addDays(from, -1), addDays(until, 1));
  const days = new Map<string, Booking & { day: string }>();
  for (const { at, amount, ...money } of bookings) {
    const day = dayIn(ZONE, Date.parse(at));
    if (day < from || day >= until) continue;
    const sum = (days.get(day + money.currency)?.amount ?? 0) + amount;
    days.set(day + money.currency, { day, at, amount: sum, ...money });
  }
  const sorted = [...days.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([, { day, currency, digits, amount }]) => ({
    day,
    currency,
    digits,
    amount: toText(amount, digits),
  }));
}
