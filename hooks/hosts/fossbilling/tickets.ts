import { z } from 'zod';
import { HostError, type CallRequest, type CallResponse, type HostTicket } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { looseId, looseIdOrNull, looseMoment, looseText } from './loose.ts';
import { orNotFound, readPage } from './pages.ts';
import { ticketStatus } from './row-status.ts';

const ticketAnswer = z.object({
  id: looseId,
  client_id: looseIdOrNull,
  subject: looseText,
  status: z.string(),
  created_at: looseMoment,
  updated_at: looseMoment,
  notes: z.array(z.object({ note: looseText })).nullish(),
});

/** tickets.list: a client's tickets, newest first. */
export async function listTickets(
  { api }: FossbillingHost,
  { clientId, limit = 50 }: CallRequest<'tickets.list'>,
): Promise<CallResponse<'tickets.list'>> {
  const list = { method: 'support/ticket_get_list', params: { client_id: clientId }, entry: ticketAnswer };
  const { entries } = await readPage(api, list, 1, { size: limit });
  return { tickets: entries.map(viewTicket) };
}

/**
 * tickets.link. A ticket's order is fixed when it is opened and no call changes it, so the link is a note that staff see
 * on the ticket, written once.
 * @throws HostError not_found, bad_request when there is nothing to link
 */
export async function linkTicket(
  { api }: FossbillingHost,
  { ticketId, serviceId, orderId }: CallRequest<'tickets.link'>,
): Promise<CallResponse<'tickets.link'>> {
  const read = () => orNotFound(api.call('support/ticket_get', { id: ticketId }, ticketAnswer), 'ticket');
  const ticket = await read();
  const target = serviceId ?? orderId;
  if (target === null) throw new HostError('bad_request', 'Say which service or order the ticket belongs to.');
  const note = `Belongs to order #${target}.`;
  if (ticket.notes?.some((known) => known.note === note)) return { ticket: viewTicket(ticket) };
  await api.call('support/note_create', { ticket_id: ticketId, note }, z.unknown(), { kind: 'write' });
  return { ticket: viewTicket(await read()) };
}

function viewTicket(ticket: z.infer<typeof ticketAnswer>): HostTicket {
  return {
    id: ticket.id,
    clientId: ticket.client_id ?? 'guest',
    subject: (ticket.subject ?? '').slice(0, 300),
    status: ticketStatus(ticket.status),
    updatedAt: ticket.updated_at ?? ticket.created_at ?? '1970-01-01T00:00:00Z',
    url: `/support/ticket/${ticket.id}`,
  };
}
