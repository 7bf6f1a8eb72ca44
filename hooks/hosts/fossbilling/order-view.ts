import type { HostOrder, PriceLock } from '../../contract/index.ts';
import { formatMinor, parseDecimal } from '../../prices/money.ts';
import { roundDecimal } from '../../prices/round.ts';
import { locksOf } from '../../bridge/locks.ts';
import { moneyOf, times, toAmount, toMinor } from './host-money.ts';
import { looseAmount } from './loose.ts';
import { referenceOf, type LineNote } from './line-note.ts';
import { domainOfRow, productOfRow, termOfRow, type OrderRow } from './order-row.ts';
import type { NotedRow } from './order-rows.ts';
import { lockStatus, orderStatus } from './row-status.ts';

type OrderLine = HostOrder['lines'][number];

/** What the host multiplies its own prices by, for each currency. */
export type Rates = Readonly<Record<string, string>>;

/** The id of the order a row belongs to: that of its first row. */
export function orderIdOf({ row, note }: NotedRow): string {
  return note?.place?.first ?? row.id;
}

/** The order that some rows are, in the order of its lines, which are in the order they were bought in. */
export function viewOrder(rows: readonly NotedRow[], invoiceId: string | null, rates: Rates = {}): HostOrder {
  const first = rows.find(({ note }) => note?.place?.first === null) ?? rows[0];
  if (first === undefined) throw new RangeError('an order has rows');
  const about = first.note?.order ?? null;
  const { row } = first;
  return {
    id: orderIdOf(first),
    clientId: row.client_id,
    reference: referenceOf(row),
    status: orderStatus(rows.map((noted) => noted.row)),
    createdAt: row.created_at ?? '1970-01-01T00:00:00Z',
    money: moneyOf(row.currency),
    coupon: null,
    note: about ? about.note : (row.notes?.slice(0, 2000) ?? null),
    customer: about?.customer ?? null,
    lines: rows.map((noted) => viewLine(noted, rates)),
    invoiceId: invoiceId ?? rows.find((noted) => noted.row.unpaid_invoice_id)?.row.unpaid_invoice_id ?? null,
    placedBy: placedBy(first),
    stamp: first.note?.stamp ?? null,
    locks: rows.flatMap((noted) => lockOf(noted) ?? []),
  };
}

/** The host's cart leaves the product's id in the configuration of what it sold; staff and we do not. */
function placedBy({ row }: NotedRow): HostOrder['placedBy'] {
  if (referenceOf(row) !== null) return 'plugin';
  return row.config['product_id'] === undefined ? 'staff' : 'shop';
}

function viewLine({ row, note }: NotedRow, rates: Rates): OrderLine {
  const { digits } = moneyOf(row.currency);
  const unitPrice = note?.unitPrice ?? toAmount(row.price, digits);
  const price = formatMinor(toMinor(unitPrice, digits) * BigInt(row.quantity), digits);
  const about = {
    id: row.id,
    serviceId: row.id,
    title: (row.title ?? '').slice(0, 300),
    quantity: row.quantity,
    price,
  };
  if (note) return { ...about, ...itemOf(note), term: termOfRow(row) };
  const domain = domainOfRow(row);
  return {
    ...about,
    product: productOfRow(row),
    term: termOfRow(row),
    options: {},
    ...(domain === null ? {} : { domain }),
    unitPrice,
    setup: cartSetup(row, rates, digits),
    renewal: row.period === null ? null : unitPrice,
    components: [],
  };
}

/**
 * The setup fee of a row that the host's cart sold: it stands in the configuration, in the shop's own currency, and is
 * invoiced once, whatever the quantity.
 */
function cartSetup({ config, currency }: OrderRow, rates: Rates, digits: number): string {
  const [fee, rate] = [looseAmount.safeParse(config['setup_price']).data ?? '0', rates[currency] ?? '1'];
  return formatMinor(roundDecimal(times(parseDecimal(fee), parseDecimal(rate)), digits), digits);
}

function itemOf({ product, options, action, domain, unitPrice, setup, renewal, components }: LineNote) {
  const named = { ...(action ? { action } : {}), ...(domain ? { domain } : {}) };
  return { product, options, ...named, unitPrice, setup, renewal, components };
}

/**
 * What a row's renewals are locked at: what somebody pinned, else what was ordered. Null for a row that we did not price
 * or that does not renew.
 */
export function lockOf({ row, note }: NotedRow): PriceLock | null {
  if (!note) return null;
  const status = lockStatus(row);
  if (note.lock) return { ...note.lock, status };
  const line = { ...itemOf(note), term: termOfRow(row), quantity: row.quantity, price: note.unitPrice };
  const ids = { clientId: row.client_id, currency: row.currency, serviceIds: [row.id], status: 'pending' as const };
  const nowMs = Date.parse(row.created_at ?? '1970-01-01T00:00:00Z');
  const [lock] = locksOf({ lines: [line], stamp: note.stamp }, { ...ids, nowMs });
  return lock ? { ...lock, status } : null;
}

/** True for a row whose renewals nobody asked the host to invoice yet. */
export function lacksRenewals({ row, note }: NotedRow): boolean {
  return note !== null && note.renewal !== null && row.period !== null && row.invoice_option !== 'issue-invoice';
}
