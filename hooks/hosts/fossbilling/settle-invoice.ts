import { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf, toMinor } from './host-money.ts';
import type { InvoiceAnswer } from './invoice-answer.ts';
import { readInvoice } from './order-invoice.ts';
import type { NotedRow } from './order-rows.ts';
import { CREDIT_METHOD } from './payment-methods.ts';
import { findSoldOrNull } from './shop.ts';

/** Pays an invoice from account credit if that was chosen, and an invoice of nothing at once, as nobody else would. */
export async function settleInvoice(
  host: FossbillingHost,
  invoice: InvoiceAnswer,
  { reference, paymentMethod }: { reference: string; paymentMethod: string | null },
): Promise<InvoiceAnswer> {
  const { digits } = moneyOf(invoice.currency);
  const total = invoice.lines.reduce((sum, line) => sum + toMinor(line.price, digits) * BigInt(line.quantity), 0n);
  let settled = invoice;
  if (paymentMethod === CREDIT_METHOD || total === 0n) {
    // Pays only what the credit covers as a whole, and nothing twice.
    await write(host, 'invoice/pay_with_credits', { id: invoice.id });
    settled = await readInvoice(host, invoice.id);
  }
  if (total === 0n && settled.status === 'unpaid' && settled.gateway_id !== null) {
    const payment = { id: invoice.id, gateway_id: settled.gateway_id, transactionId: reference, execute: 1 };
    await write(host, 'invoice/mark_as_paid', payment);
    settled = await readInvoice(host, invoice.id);
  }
  return settled;
}

/**
 * Sets up what the provider wants set up with the order, as the host's own checkout does; the rest waits for payment.
 * Add-ons are set up by the host with their product.
 */
export async function setUpAtOnce(host: FossbillingHost, lines: readonly NotedRow[]): Promise<void> {
  const shop = await host.readShop();
  for (const { row, note } of lines) {
    if (row.status !== 'pending_setup' || !note || !row.group_master) continue;
    if (findSoldOrNull(shop, note.product)?.product.setup !== 'after_order') continue;
    try {
      await write(host, 'order/activate', { id: row.id });
    } catch (error) {
      // The order stands; that its set-up failed is kept by the host as the row's status, for staff to try again.
      if (!(error instanceof HostError) || error.code !== 'refused') throw error;
    }
  }
}

async function write({ api }: FossbillingHost, method: string, params: object): Promise<void> {
  await api.call(method, params, z.unknown(), { kind: 'write' });
}
