import type { HostOrder, PricedLine } from '../../contract/index.ts';
import { emit } from './emit.ts';
import { momentNow, type Host } from './host.ts';
import { cancelInvoice } from './invoices.ts';
import { moneyOf } from './money.ts';
import { notFound, Refusal } from './refusal.ts';
import { endServices, readLines, writeService } from './services.ts';

type OrderRow = Omit<HostOrder, 'money' | 'customer' | 'stamp' | 'lines' | 'invoiceId' | 'locks'> & {
  currency: string;
  discount: number;
  customer: string | null;
  stamp: string | null;
};
type Given = 'clientId' | 'reference' | 'coupon' | 'note' | 'customer' | 'placedBy' | 'stamp';
/** `discount` is what the coupon takes off, in minor units. */
export type NewOrder = Pick<HostOrder, Given> & { currency: string; discount: number; lines: PricedLine[] };

const asJson = (value: object | null) => (value === null ? null : JSON.stringify(value));

/**
 * Writes an order at the given prices: its services (pending), the locks of a wholesale order, and the event, all in
 * one transaction. Each line is one service.
 */
export function writeOrder(host: Host, { lines, ...order }: NewOrder): HostOrder {
  return host.db.transaction(() => {
    const { customer, stamp } = order;
    const row = { ...order, customer: asJson(customer), stamp: asJson(stamp), createdAt: momentNow(host) };
    const orderId = host.db.insert('orders', row);
    for (const line of lines) writeService(host, { ...order, orderId }, line);
    emit(host, 'order.created', orderId, { order: readOrder(host, orderId) });
    return readOrder(host, orderId);
  });
}

export function orderRow(host: Host, id: string): OrderRow {
  const row = host.db.get<OrderRow>('SELECT * FROM orders WHERE id = ?', id);
  if (!row) throw notFound('order');
  return row;
}

/** The order as the contract writes it, with the locks its services hold now. */
export function readOrder(host: Host, orderId: string): HostOrder {
  const { id, clientId, reference, status, createdAt, currency, coupon, note, placedBy, ...row } = orderRow(
    host,
    orderId,
  );
  const lines = readLines(host, id);
  const invoice = host.db.get<{ id: string }>('SELECT id FROM invoices WHERE orderId = ? ORDER BY id', id);
  return {
    ...{ id, clientId, reference, status, createdAt, coupon, note, placedBy },
    money: moneyOf(host, currency),
    customer: JSON.parse(row.customer ?? 'null') as HostOrder['customer'],
    stamp: JSON.parse(row.stamp ?? 'null') as HostOrder['stamp'],
    lines,
    invoiceId: invoice?.id ?? null,
    locks: lines.flatMap((line) => host.store.readLock(line.serviceId) ?? []),
  };
}

/** Cancels an order that is not paid: its invoice, its services and their locks end with it. */
export function cancelOrder(host: Host, id: string): HostOrder {
  return host.db.transaction(() => {
    const { status, invoiceId } = readOrder(host, id);
    if (status === 'active') throw new Refusal('conflict', 'This order is paid. Refund its invoice instead.');
    if (status === 'cancelled') return readOrder(host, id);
    if (invoiceId !== null) cancelInvoice(host, invoiceId);
    host.db.update('orders', id, { status: 'cancelled' });
    endServices(host, id);
    emit(host, 'order.cancelled', id, { order: readOrder(host, id) });
    return readOrder(host, id);
  });
}
