import type { HostTicket } from '../../contract/index.ts';
import { create, emit, load, momentNow, notFound, save, view, type Host } from './kit.ts';

type TicketChange = { status?: HostTicket['status']; serviceId?: string | null; orderId?: string | null };

/** Opens a ticket for a client and tells the plugin. */
export function openTicket(host: Host, clientId: string, subject: string, message: string): HostTicket {
  return host.db.transaction(() => {
    const fresh = { status: 'open', updatedAt: momentNow(host), url: '/portal/tickets' } as const;
    const { id } = create(host, 'ticket', { clientId, subject, message, ...fresh, serviceId: null, orderId: null });
    emit(host, 'ticket.opened', id);
    return view(host, 'ticket', id);
  });
}

/** Changes a ticket's status, or links it to a service or an order of the same client. */
export function changeTicket(host: Host, id: string, change: TicketChange): HostTicket {
  return host.db.transaction(() => {
    const ticket = load(host, 'ticket', id);
    const isOwn = (kind: 'service' | 'order', linked: string) => load(host, kind, linked).clientId === ticket.clientId;
    if (change.serviceId && !isOwn('service', change.serviceId)) throw notFound('service');
    if (change.orderId && !isOwn('order', change.orderId)) throw notFound('order');
    save(host, { ...ticket, ...change, updatedAt: momentNow(host) });
    emit(host, 'ticket.updated', id);
    return view(host, 'ticket', id);
  });
}
