import { z } from 'zod';
import { HostError, type CallRequest, type HostOrder } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { findOrderInvoice } from './order-invoice.ts';
import { completeLines, rowsOfOrder, type NotedRow } from './order-rows.ts';
import { viewOrder } from './order-view.ts';
import { serviceStatus } from './row-status.ts';
import { storableText } from './storable-text.ts';

/**
 * Cancels an order that is not paid, the invoice first, so that it cannot be paid for nothing. Rows that were never set
 * up are not cancelled by the host's own call, which ends services, but marked. Nothing is deleted: numbers of invoices
 * stay without gaps. May be called again.
 * @throws HostError not_found, conflict when it is paid or runs
 */
export async function cancelOrder(
  host: FossbillingHost,
  { orderId, reason }: CallRequest<'orders.cancel'>,
): Promise<HostOrder> {
  const rows = await rowsOfOrder(host, orderId);
  if (rows.some(({ row }) => ['active', 'suspended'].includes(serviceStatus(row)))) {
    throw new HostError('conflict', 'A service of this order runs. Cancel the service in the host.');
  }
  const invoice = await findOrderInvoice(host, orderId);
  if (invoice?.status === 'paid') throw new HostError('conflict', 'This order is paid.');
  if (invoice?.status === 'unpaid') await update(host, 'invoice/update', { id: invoice.id, status: 'canceled' });
  for (const { row } of rows) {
    if (row.status === 'canceled') continue;
    await update(host, 'order/update', { id: row.id, status: 'canceled', reason: storableText(reason).slice(0, 255) });
  }
  return viewOrder(linesOf(await rowsOfOrder(host, orderId)), invoice?.id ?? null);
}

function linesOf(rows: NotedRow[]): NotedRow[] {
  return completeLines(rows) ?? rows;
}

async function update({ api }: FossbillingHost, method: string, params: object): Promise<void> {
  await api.call(method, params, z.unknown(), { kind: 'write' });
}
