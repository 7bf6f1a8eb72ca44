import type { HostTicket } from '../../contract/index.ts';
import { create, emit, find, load, momentNow, notFound, save, type Host } from './kit.ts';

type TicketChange = { status?: HostTicket['status']; serviceId?: string | null; orderId?: string | null };

/** Opens a ticket for a client and tells the plugin. */
export function openTicket(host: Host, clientId: string, subject: string, message: string): string {
  return host.db.transaction(() => {
    const fresh = {
      status: 'open',
      updatedAt: momentNow(host),
      url: '/portal/tickets',
      serviceId: null,
      orderId: null,
    } as const;
    const { id } = create(host, 'ticket', { clientId, subject, message, ...fresh });
    emit(host, 'ticket.opened', id);
    return id;
  });
}

/** Changes a ticket's status, or links it to a service or an order of the same client. */
export function changeTicket(host: Host, id: string, change: TicketChange): void {
  host.db.transaction(() => {
    const ticket = load(host, 'ticket', id);
    for (const [kind, linked] of [
      ['service', change.serviceId],
      ['order', change.orderId],
    ] as const) {
      // prettier-ignore
      if (linked && find(host, kind, 'id = ? AND clientId = ?', linked, ticket.clientId).length === 0) throw notFound(kind);
    }
    save(host, { ...ticket, ...change, updatedAt: momentNow(host) });
    emit(host, 'ticket.updated', id);
  });
}
