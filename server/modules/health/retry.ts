import { z } from 'zod';
import { verb } from '../../verb.ts';
import { publishPrices } from '../price-list/publish.ts';

/**
 * Has the bridge try now what it would try again later: it fetches the price lists and sends the events that wait, whatever
 * their next try. Both are done when this answers. A host in this process has nothing that waits.
 * @throws host_unreachable, host_refused
 */
export const retryConnection = verb({
  procedure: 'health.retry',
  permission: 'settings:write',
  mode: 'steps',
  input: z.object({}),
  run: async (ctx) => {
    await publishPrices(ctx);
    return { triedAt: ctx.now.toISOString() };
  },
});
