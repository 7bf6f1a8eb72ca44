import type { HostInvoice, HostOrder, HostService, HostTicket, PriceLock } from '../../contract/index.ts';
import type { OrderRow } from './order-row.ts';

const services: Record<string, HostService['status']> = {
  pending_setup: 'pending',
  failed_setup: 'setup_failed',
  active: 'active',
  suspended: 'suspended',
  canceled: 'cancelled',
};

/**
 * A row's status as that of a service. `failed_renew` is a running service whose renewal the server refused, or one
 * that was renewed before it was ever set up. A status the host learns later counts as pending.
 */
export function serviceStatus({ status, activated_at: activated }: OrderRow): HostService['status'] {
  if (status === 'failed_renew') return activated === null ? 'setup_failed' : 'active';
  return services[status] ?? 'pending';
}

/** The status of an order by its rows: active with the first service that came into being, cancelled when all are. */
export function orderStatus(rows: readonly OrderRow[]): HostOrder['status'] {
  const all = rows.map(serviceStatus);
  if (all.every((status) => status === 'cancelled')) return 'cancelled';
  return all.some((status) => status === 'active' || status === 'suspended') ? 'active' : 'pending';
}

/** The status of a row's price lock. */
export function lockStatus(row: OrderRow): PriceLock['status'] {
  const status = serviceStatus(row);
  if (status === 'cancelled') return 'ended';
  return status === 'active' || status === 'suspended' ? 'active' : 'pending';
}

/** An invoice's status before refunds. An invoice that is not approved is a draft which the client does not see. */
export function invoiceStatus(status: string, approved: boolean): HostInvoice['status'] {
  if (status === 'paid') return 'paid';
  if (status === 'canceled') return 'cancelled';
  if (status === 'refunded') return 'refunded';
  return approved ? 'unpaid' : 'draft';
}

/** A ticket's status. The host puts a ticket "on hold" when staff answer it, and opens it when the client does. */
export function ticketStatus(status: string): HostTicket['status'] {
  if (status === 'closed') return 'closed';
  return status === 'on_hold' ? 'answered' : 'open';
}
