import { LRUCache } from 'lru-cache';
import type { CallRequest, CallResponse } from '../../contract/index.ts';
import { formatMinor } from '../../prices/money.ts';
import type { FossbillingApi } from './api-client.ts';
import { moneyOf, toMinor } from './host-money.ts';
import { invoiceAnswer, type InvoiceAnswer } from './invoice-answer.ts';
import { readAll } from './pages.ts';

const DAY_MS = 86_400_000;
/** A day this long ago does not change any more, but for hand edits of old invoices. */
const CLOSED_AFTER_MS = 3 * DAY_MS;

/** Net amount that one invoice brought in, at its moment. */
interface Booking {
  at: string;
  currency: string;
  minor: bigint;
}

/**
 * Reads income.read from paid invoices, one call for each UTC day (the host filters by day of payment), refunds by credit
 * note or negative invoice taken off, top-ups left out. Days that are over are kept, so that a long span that met the
 * budget goes on where it stopped.
 */
export function createIncomeReader(api: FossbillingApi, now: () => number = Date.now) {
  const closed = new LRUCache<string, Booking[]>({ max: 1000 });

  async function bookingsOf(day: string): Promise<Booking[]> {
    const kept = closed.get(day);
    if (kept) return kept;
    const list = { method: 'invoice/get_list', params: { paid_at: day }, entry: invoiceAnswer };
    const bookings = (await readAll(api, list, { purpose: 'list' })).flatMap(bookingOf);
    if (now() - Date.parse(`${day}T00:00:00Z`) > CLOSED_AFTER_MS) closed.set(day, bookings);
    return bookings;
  }

  /** @param zone in which days are cut @throws HostError rate_limited when the span needs more calls than are left; what was read is kept for the next try. */
  return async function readIncome(
    { from, until }: CallRequest<'income.read'>,
    zone: string,
  ): Promise<CallResponse<'income.read'>> {
    const sums = new Map<string, { day: string; currency: string; minor: bigint }>();
    for (const utcDay of utcDays(from, until, zone)) {
      for (const { at, currency, minor } of await bookingsOf(utcDay)) {
        const day = dayIn(zone, at);
        if (day < from || day >= until) continue;
        const key = `${day} ${currency}`;
        sums.set(key, { day, currency, minor: (sums.get(key)?.minor ?? 0n) + minor });
      }
    }
    const sorted = [...sums].toSorted(([left], [right]) => (left < right ? -1 : 1));
    const days = sorted.map(([, { day, currency, minor }]) => {
      const { digits } = moneyOf(currency);
      return { day, currency, digits, amount: formatMinor(minor, digits) };
    });
    return { tax: 'net', days };
  };
}

function bookingOf({ status, paid_at: at, currency, lines }: InvoiceAnswer): Booking[] {
  if (at === null || (status !== 'paid' && status !== 'refunded')) return [];
  const { digits } = moneyOf(currency);
  const earned = lines.filter(({ type }) => type !== 'deposit');
  return [
    {
      at,
      currency,
      minor: earned.reduce((sum, line) => sum + toMinor(line.price, digits) * BigInt(line.quantity), 0n),
    },
  ];
}

/** The UTC days that the days of a zone reach into, `until` not included. */
function* utcDays(from: string, until: string, zone: string): Generator<string> {
  const margin = zone === 'UTC' ? 0 : DAY_MS;
  const last = Date.parse(`${until}T00:00:00Z`) + margin;
  for (let at = Date.parse(`${from}T00:00:00Z`) - margin; at < last; at += DAY_MS) {
    yield new Date(at).toISOString().slice(0, 10);
  }
}

/** The calendar day of a moment in a zone: 2027-01-31. */
function dayIn(zone: string, moment: string): string {
  if (zone === 'UTC') return moment.slice(0, 10);
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.parse(moment));
}
