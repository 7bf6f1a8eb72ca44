import type { HostTicket } from '../../contract/index.ts';
import { create, emit, load, momentNow, refuseUnknown, save, type Host } from './kit.ts';

type TicketChange = { status?: HostTicket['status']; serviceId?: string | null; orderId?: string | null };

/** Opens a ticket for a client and tells the plugin. */
export function openTicket(host: Host, clientId: string, subject: string, message: string): string {
  const fresh = { status: 'open', updatedAt: momentNow(host), url: '/portal/tickets' } as const;
  const { id } = create(host, 'ticket', { clientId, subject, message, ...fresh, serviceId: null, orderId: null });
  emit(host, 'ticket.opened', id);
  return id;
}

/** Changes a ticket's status, or links it to a service or an order of the same client. */
export function changeTicket(host: Host, id: string, change: TicketChange): void {
  const ticket = load(host, 'ticket', id);
  const isForeign = (kind: 'service' | 'order', linked: string) =>
    load(host, kind, linked).clientId !== ticket.clientId;
  if (change.serviceId && isForeign('service', change.serviceId)) refuseUnknown('service');
  if (change.orderId && isForeign('order', change.orderId)) refuseUnknown('order');
  save(host, { ...ticket, ...change, updatedAt: momentNow(host) });
  emit(host, 'ticket.updated', id);
}
