import type { PricedLine } from '../../contract/index.ts';
import { cancelInvoice } from './invoices.ts';
import { create, emit, load, momentNow, refuse, save, type Document, type Host } from './kit.ts';
import { endService, writeService } from './services.ts';

type Order = Document<'order'>;
type Decided = 'id' | 'status' | 'createdAt' | 'invoiceId' | 'lines';
export type NewOrder = Omit<Order, Decided> & { lines: PricedLine[] };

/** Writes an order at the given prices with its services (pending), their locks, and the event. Each line is one service. */
export function writeOrder(host: Host, { lines, ...given }: NewOrder): string {
  const fixed = { status: 'pending', createdAt: momentNow(host), invoiceId: null } as const;
  const order = create(host, 'order', { ...given, ...fixed, lines: [] });
  const bought = lines.map((line) => {
    const { id, title } = writeService(host, order, line);
    return { ...line, id, serviceId: id, title };
  });
  save(host, { ...order, lines: bought });
  emit(host, 'order.created', order.id);
  return order.id;
}

/** Cancels an order that is not paid: its invoice, its services and their locks end with it. */
export function cancelOrder(host: Host, id: string): void {
  const order = load(host, 'order', id);
  if (order.status === 'active') refuse('conflict', 'This order is paid. Refund its invoice instead.');
  if (order.status === 'cancelled') return;
  if (order.invoiceId !== null) cancelInvoice(host, order.invoiceId);
  save(host, { ...order, status: 'cancelled' });
  for (const { serviceId } of order.lines) endService(host, serviceId);
  emit(host, 'order.cancelled', id);
}

/** Deletes an order and its services without a word, as staff of many hosts can. Invoices and locks stay behind. */
export function deleteOrder(host: Host, id: string): void {
  const gone = [id, ...load(host, 'order', id).lines.map((line) => line.serviceId)];
  for (const one of gone) host.db.run('DELETE FROM documents WHERE id = ?', one);
}
