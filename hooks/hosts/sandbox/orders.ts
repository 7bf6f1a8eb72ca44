import type { HostOrder, PricedLine } from '../../contract/index.ts';
import { cancelInvoice } from './invoices.ts';
import { create, emit, load, momentNow, Refusal, save, view, type Document, type Host } from './kit.ts';
import { endService, writeService } from './services.ts';

type Order = Document<'order'>;
type Decided = 'id' | 'status' | 'createdAt' | 'invoiceId' | 'lines';
export type NewOrder = Omit<Order, Decided> & { lines: PricedLine[] };

/**
 * Writes an order at the given prices: its services (pending), the locks of a wholesale order, and the event, all in
 * one transaction. Each line is one service.
 */
export function writeOrder(host: Host, { lines, ...given }: NewOrder): HostOrder {
  return host.db.transaction(() => {
    const fixed = { status: 'pending', createdAt: momentNow(host), invoiceId: null } as const;
    const order = create(host, 'order', { ...given, ...fixed, lines: [] });
    const bought = lines.map((line) => {
      const { id, title } = writeService(host, order, line);
      return { ...line, id, serviceId: id, title };
    });
    save(host, { ...order, lines: bought });
    emit(host, 'order.created', order.id);
    return view(host, 'order', order.id);
  });
}

/** Cancels an order that is not paid: its invoice, its services and their locks end with it. */
export function cancelOrder(host: Host, id: string): HostOrder {
  return host.db.transaction(() => {
    const order = load(host, 'order', id);
    if (order.status === 'active') throw new Refusal('conflict', 'This order is paid. Refund its invoice instead.');
    if (order.status === 'cancelled') return view(host, 'order', id);
    if (order.invoiceId !== null) cancelInvoice(host, order.invoiceId);
    save(host, { ...order, status: 'cancelled' });
    for (const { serviceId } of order.lines) endService(host, serviceId);
    emit(host, 'order.cancelled', id);
    return view(host, 'order', id);
  });
}

/** Deletes an order and its services without a word, as staff of many hosts can. Invoices and locks stay behind. */
export function deleteOrder(host: Host, id: string): { deleted: string } {
  const serviceIds = load(host, 'order', id).lines.map((line) => line.serviceId);
  host.db.run(
    'DELETE FROM documents WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))',
    JSON.stringify([id, ...serviceIds]),
  );
  return { deleted: id };
}
