import type { HostTicket } from '../../contract/index.ts';
import { emit } from './emit.ts';
import { momentNow, type Host } from './host.ts';
import { notFound } from './refusal.ts';

type TicketRow = Omit<HostTicket, 'updatedAt' | 'url'> & { changedAt: string };
type TicketChange = { status?: HostTicket['status']; serviceId?: string | null; orderId?: string | null };

const ticketOf = ({ id, clientId, subject, status, changedAt }: TicketRow): HostTicket => {
  return { id, clientId, subject, status, updatedAt: changedAt, url: `/portal/tickets#ticket-${id}` };
};

function readTicket(host: Host, id: string): HostTicket {
  const row = host.db.get<TicketRow>('SELECT * FROM tickets WHERE id = ?', id);
  if (!row) throw notFound('ticket');
  return ticketOf(row);
}

/** Tickets, newest first: a client's, or everybody's for staff. */
export function listTickets(host: Host, clientId: string | null, limit = 50): HostTicket[] {
  const sql = 'SELECT * FROM tickets WHERE ? IS NULL OR clientId = ? ORDER BY changedAt DESC, id DESC LIMIT ?';
  return host.db.all<TicketRow>(sql, clientId, clientId, limit).map(ticketOf);
}

export function openTicket(host: Host, clientId: string, subject: string, message: string): HostTicket {
  return host.db.transaction(() => {
    const id = host.db.insert('tickets', { clientId, subject, message, changedAt: momentNow(host) });
    emit(host, 'ticket.opened', id, { ticket: readTicket(host, id) });
    return readTicket(host, id);
  });
}

/** Changes a ticket's status, or links it to a service or an order of the same client. */
export function changeTicket(host: Host, id: string, change: TicketChange): HostTicket {
  return host.db.transaction(() => {
    const { clientId } = readTicket(host, id);
    for (const [table, own] of [
      ['services', change.serviceId],
      ['orders', change.orderId],
    ] as const) {
      if (own && !host.db.get(`SELECT id FROM ${table} WHERE id = ? AND clientId = ?`, own, clientId))
        throw notFound(table.slice(0, -1));
    }
    host.db.update('tickets', id, { ...change, changedAt: momentNow(host) });
    emit(host, 'ticket.updated', id, { ticket: readTicket(host, id) });
    return readTicket(host, id);
  });
}
