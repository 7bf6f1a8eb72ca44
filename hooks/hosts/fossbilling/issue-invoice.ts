import { z } from 'zod';
import { HostError, type CallRequest, type HostInvoice } from '../../contract/index.ts';
import { readClient } from './clients.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf, toMinor } from './host-money.ts';
import type { InvoiceAnswer } from './invoice-answer.ts';
import { SETUP_UNIT } from './invoice-lines.ts';
import { viewInvoice } from './invoice-view.ts';
import { looseId } from './loose.ts';
import { findOrderInvoice, readInvoice } from './order-invoice.ts';
import { completeLines, rowsOfOrder, type NotedRow } from './order-rows.ts';
import { CREDIT_METHOD } from './payment-methods.ts';
import { setUpAtOnce, settleInvoice } from './settle-invoice.ts';

/**
 * The one invoice of an order: a line that sets up each row at its ordered price, and a line for each setup fee. Looks
 * first whether it is there; one that an earlier try left unfinished is finished, or made anew while nobody saw it.
 * @throws HostError not_found, conflict (order incomplete or cancelled), refused (a listener of the host refused it)
 */
export async function issueInvoice(
  host: FossbillingHost,
  { orderId, reference, paymentMethod }: CallRequest<'invoices.issue'>,
): Promise<HostInvoice> {
  const lines = completeLines(await rowsOfOrder(host, orderId));
  if (lines === null) throw new HostError('conflict', 'This order was not placed as a whole.');
  if (lines.some(({ row }) => row.status === 'canceled')) throw new HostError('conflict', 'This order is cancelled.');
  host.rows.remember(lines.map(({ row }) => row));
  let invoice = await findOrderInvoice(host, orderId);
  if (invoice && isUnfinished(invoice, lines)) {
    await host.api.call('invoice/delete', { id: invoice.id }, z.unknown(), { kind: 'write' });
    invoice = null;
  }
  invoice ??= await prepare(host, lines, paymentMethod);
  if (!invoice.approved) {
    await host.api.call('invoice/approve', { id: invoice.id }, z.unknown(), { kind: 'write' });
    invoice = await readInvoice(host, invoice.id);
  }
  if (invoice.status === 'unpaid') invoice = await settleInvoice(host, invoice, { reference, paymentMethod });
  if (invoice.status !== 'canceled') await setUpAtOnce(host, lines);
  return viewInvoice(host, invoice);
}

/** The host writes the lines one by one and approves last: what it was stopped in has too few, and nobody saw it. */
function isUnfinished(invoice: InvoiceAnswer, lines: readonly NotedRow[]): boolean {
  const wanted = lines.reduce((sum, noted) => sum + itemsOf(noted, false).length, 0);
  return !invoice.approved && invoice.status === 'unpaid' && invoice.lines.length < wanted;
}

async function prepare(
  host: FossbillingHost,
  lines: readonly NotedRow[],
  paymentMethod: string | null,
): Promise<InvoiceAnswer> {
  const clientId = lines[0]?.row.client_id ?? '';
  const client = await readClient(host, clientId);
  const items = lines.flatMap((noted) => itemsOf(noted, !client.tax_exempt));
  // The host takes the invoice's currency from the account, not from the order.
  if (lines.some(({ row }) => row.currency !== client.currency)) {
    throw new HostError('conflict', `This client account is billed in ${client.currency} now.`);
  }
  const gateway = paymentMethod === null || paymentMethod === CREDIT_METHOD ? {} : { gateway_id: paymentMethod };
  const id = await host.api.call('invoice/prepare', { client_id: clientId, ...gateway, approve: 1, items }, looseId, {
    kind: 'write',
  });
  return readInvoice(host, id);
}

/** The lines of a row. The host works out tax rates but not which lines are taxed. */
function itemsOf({ row, note }: NotedRow, taxable: boolean): object[] {
  const taxed = taxable ? 1 : 0;
  const title = row.title ?? row.id;
  const { digits } = moneyOf(row.currency);
  const unitPrice = note?.unitPrice ?? row.price;
  const item = {
    title,
    price: unitPrice,
    quantity: row.quantity,
    unit: 'product',
    taxed,
    type: 'order',
    rel_id: row.id,
  };
  const charge = { ...item, task: 'activate', ...(row.period === null ? {} : { period: row.period }) };
  if (!note || toMinor(note.setup, digits) === 0n) return [charge];
  // With the row's id as its relation, which the host uses for discounts likewise, the fee can be told apart later.
  const fee = { title: `${title} setup`, price: note.setup, quantity: 1, unit: SETUP_UNIT, taxed, rel_id: row.id };
  return [charge, fee];
}
