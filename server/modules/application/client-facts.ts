import { z } from 'zod';
import type { HostPort } from '../../../hooks/contract/index.ts';
import { verb } from '../../verb.ts';
import { Programme } from '../programme/entity.ts';
import { readAccount } from '../reseller/admit.ts';
import { clientFacts } from './facts.ts';
import { findForReview } from './load.ts';

/** What the host knows of an applicant at this moment; `tickets` is null where the host has none. @throws not_found, host_unreachable */
export const getClientFacts = verb({
  procedure: 'applications.clientFacts',
  permission: 'applications:read',
  mode: 'steps',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { hostClientId } = await findForReview(ctx, id);
    const [account, tickets] = await Promise.all([
      readAccount(ctx.host, hostClientId),
      countTickets(ctx.host, hostClientId),
    ]);
    const { billingZone } = await ctx.em.findOneOrFail(Programme, 1);
    return { ...clientFacts(account, ctx.now, billingZone), tickets };
  },
});

/** Up to the 200 tickets that a host lists. */
async function countTickets(host: HostPort, clientId: string): Promise<number | null> {
  const { capabilities } = await host.describe({});
  if (!capabilities.includes('tickets')) return null;
  return (await host['tickets.list']({ clientId, limit: 200 })).tickets.length;
}
