import { z } from 'zod';
import { verb } from '../../verb.ts';
import { hostLinks } from '../host/facts.ts';
import { TicketLink } from './entity.ts';
import { readTickets } from './read-tickets.ts';

/**
 * Tickets of the acting reseller in the host, newest first; of one order or service those that were linked to it. Their
 * content stays in the host: `url` opens it there, relative to the host, and `newUrl` its page for a new one.
 * @throws host_refused when the host shows none, host_unreachable
 */
export const listTickets = verb({
  procedure: 'tickets.list',
  permission: 'services:read',
  mode: 'read',
  input: z.object({
    orderId: z.string().max(60).optional(),
    serviceId: z.string().max(60).optional(),
    status: z.enum(['open', 'answered', 'on_hold', 'closed']).optional(),
    /** For an admin: whose. */
    resellerId: z.string().max(60).optional(),
  }),
  run: async (ctx, { orderId, serviceId, status, ...input }) => {
    const { resellerId, tickets } = await readTickets(ctx, input.resellerId);
    const links = await ctx.em.find(TicketLink, { resellerId, hostTicketId: { $in: tickets.map(({ id }) => id) } });
    const linkOf = new Map(links.map((link) => [link.hostTicketId, link]));
    const rows = tickets
      .map(({ clientId: _own, ...ticket }) => ({
        ...ticket,
        orderId: linkOf.get(ticket.id)?.orderId ?? null,
        serviceId: linkOf.get(ticket.id)?.serviceId ?? null,
      }))
      .filter((ticket) => status === undefined || ticket.status === status)
      .filter((ticket) => orderId === undefined || ticket.orderId === orderId)
      .filter((ticket) => serviceId === undefined || ticket.serviceId === serviceId);
    const link = await hostLinks(ctx.host);
    return { rows, total: rows.length, newUrl: link('tickets', resellerId) };
  },
});
