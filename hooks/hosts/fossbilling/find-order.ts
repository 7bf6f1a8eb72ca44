import type { HostOrder } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { findOrderInvoice } from './order-invoice.ts';
import { completeLines, rowsOfReference } from './order-rows.ts';
import { lacksRenewals, orderIdOf, viewOrder } from './order-view.ts';

/**
 * The order with our reference, or null: also while a part of it is missing, so that the caller places it again, which
 * adds what is missing.
 */
export async function findOrder(host: FossbillingHost, reference: string): Promise<HostOrder | null> {
  const lines = completeLines(await rowsOfReference(host, reference));
  const [first] = lines ?? [];
  if (lines === null || first === undefined) return null;
  const running = lines.some(({ row }) => row.status !== 'pending_setup');
  // Once it runs, the option is the provider's to choose.
  if (!running && lines.some(lacksRenewals)) return null;
  host.rows.remember(lines.map(({ row }) => row));
  const invoice = await findOrderInvoice(host, orderIdOf(first));
  return viewOrder(lines, invoice?.id ?? null);
}
