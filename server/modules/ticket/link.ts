import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Order } from '../order/entity.ts';
import { Service } from '../service/entity.ts';
import { TicketLink } from './entity.ts';
import { readTickets } from './read-tickets.ts';

const input = z
  .object({
    ticketId: hostId,
    orderId: z.string().max(60).optional(),
    serviceId: z.string().max(60).optional(),
  })
  .refine(({ orderId, serviceId }) => (orderId === undefined) !== (serviceId === undefined), {
    error: 'name either the order or the service',
    path: ['orderId'],
  });

/**
 * Says which order or service a ticket is about, in the host and here. Again with the same changes nothing; with another
 * moves the link. @throws not_found for a ticket, order or service that is not the reseller's, host_refused
 */
export const linkTicket = verb({
  procedure: 'tickets.link',
  permission: 'orders:write',
  mode: 'write',
  input,
  // The host first: it says whose ticket it is, and to repeat the link there does no harm.
  prepare: async (ctx, { ticketId, orderId, serviceId }) => {
    const target = await findTarget(ctx, orderId, serviceId);
    const { tickets } = await readTickets(ctx, target.resellerId);
    if (!tickets.some(({ id }) => id === ticketId)) {
      throw new ServiceError('not_found', 'There is no such ticket.', '/ticketId');
    }
    const { ticket } = await ctx.host['tickets.link']({
      ticketId,
      serviceId: serviceId === undefined ? null : target.hostId,
      orderId: orderId === undefined ? null : target.hostId,
    });
    return { resellerId: target.resellerId, ticket };
  },
  run: async (ctx, { ticketId, orderId = null, serviceId = null }, { resellerId, ticket }) => {
    const { em, now } = ctx;
    const link = await em.findOne(TicketLink, { resellerId, hostTicketId: ticketId });
    const before = link && { orderId: link.orderId, serviceId: link.serviceId };
    if (link) em.assign(link, { orderId, serviceId, linkedAt: now });
    else em.create(TicketLink, { resellerId, hostTicketId: ticketId, orderId, serviceId, linkedAt: now });
    record(ctx, {
      action: 'ticket.linked',
      subject: { type: 'ticket', id: ticketId },
      resellerId,
      before: before ?? undefined,
      after: { orderId, serviceId },
    });
    await em.flush();
    return { id: ticketId, subject: ticket.subject, status: ticket.status, url: ticket.url, orderId, serviceId };
  },
});

/** The order or service as the host knows it. */
async function findTarget(ctx: ServiceContext, orderId?: string, serviceId?: string) {
  const em = ctx.em.fork();
  if (orderId !== undefined) {
    const order = await em.findOne(Order, { id: orderId, ...ownRows(ctx) });
    if (!order?.hostOrderId) throw new ServiceError('not_found', 'There is no order with this id.', '/orderId');
    return { resellerId: order.resellerId, hostId: order.hostOrderId };
  }
  const service = await em.findOne(Service, { id: serviceId ?? '', ...ownRows(ctx) });
  if (!service) throw new ServiceError('not_found', 'There is no service with this id.', '/serviceId');
  return { resellerId: service.resellerId, hostId: service.hostServiceId };
}
