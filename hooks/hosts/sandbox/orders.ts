import type { PricedLine } from '../../contract/index.ts';
import { cancelInvoice } from './invoices.ts';
import { create, emit, load, momentNow, Refusal, save, type Document, type Host } from './kit.ts';
import { endService, writeService } from './services.ts';

type Order = Document<'order'>;
type Given = 'clientId' | 'reference' | 'coupon' | 'note' | 'customer' | 'placedBy' | 'stamp' | 'money' | 'discount';
export type NewOrder = Pick<Order, Given> & { lines: PricedLine[] };

/**
 * Writes an order at the given prices: its services (pending), the locks of a wholesale order, and the event, all in
 * one transaction. Each line is one service.
 */
export function writeOrder(host: Host, { lines, ...given }: NewOrder): Order {
  return host.db.transaction(() => {
    const fixed = { status: 'pending', createdAt: momentNow(host), invoiceId: null } as const;
    const order: Order = create(host, 'order', { ...given, ...fixed, lines: [] });
    order.lines = lines.map((line) => {
      const { id, title } = writeService(host, order, line);
      return { ...line, id, serviceId: id, title };
    });
    save(host, order);
    emit(host, 'order.created', order.id);
    return order;
  });
}

/** Cancels an order that is not paid: its invoice, its services and their locks end with it. */
export function cancelOrder(host: Host, id: string): void {
  host.db.transaction(() => {
    const order = load(host, 'order', id);
    if (order.status === 'active') throw new Refusal('conflict', 'This order is paid. Refund its invoice instead.');
    if (order.status === 'cancelled') return;
    if (order.invoiceId !== null) cancelInvoice(host, order.invoiceId);
    save(host, { ...order, status: 'cancelled' });
    for (const { serviceId } of order.lines) endService(host, serviceId);
    emit(host, 'order.cancelled', id);
  });
}

/** Deletes an order and its services without a word, as staff of many hosts can. Invoices and locks stay behind. */
export function deleteOrder(host: Host, id: string): void {
  host.db.transaction(() => {
    for (const gone of [id, ...load(host, 'order', id).lines.map((line) => line.serviceId)]) {
      host.db.run('DELETE FROM documents WHERE id = ?', gone);
    }
  });
}
