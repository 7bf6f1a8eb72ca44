import type { HostTicket } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { requireCapability } from '../host/facts.ts';
import { Reseller } from '../reseller/entity.ts';

/** Most tickets that the host is asked for at once. */
export const MOST_TICKETS = 200;

/** The host's newest tickets of a reseller: its own, or for an admin those of the one it names. @throws host_refused */
export async function readTickets(
  ctx: ServiceContext,
  resellerId?: string,
): Promise<{ resellerId: string; tickets: HostTicket[] }> {
  const { host } = ctx;
  const id = ownRows(ctx).resellerId ?? resellerId;
  if (id === undefined) throw new ServiceError('bad_input', 'Choose a reseller.', '/resellerId');
  const reseller = await ctx.em.fork().findOne(Reseller, id);
  if (!reseller) throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
  await requireCapability(
    host,
    'tickets',
    'The provider’s platform does not show its tickets here. Open it to read and write them.',
  );
  const clientId = reseller.hostClientId;
  const { tickets } = await host['tickets.list']({ clientId, limit: MOST_TICKETS });
  // Whatever the host answers: a ticket of somebody else is never shown.
  return { resellerId: id, tickets: tickets.filter((ticket) => ticket.clientId === clientId) };
}
