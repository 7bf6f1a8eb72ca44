import { z } from 'zod';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { loadStanding } from '../reseller/standing.ts';

/** How the reseller may pay the provider, from the host; empty where the host has no choice to offer. */
export const listPaymentMethods = verb({
  procedure: 'paymentMethods.list',
  permission: 'orders:write',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { hostClientId } = await loadStanding(ctx.em, actingReseller(ctx), ctx.now);
    const { capabilities } = await ctx.host.describe({});
    if (!capabilities.includes('paymentMethods')) return { rows: [] };
    const { methods } = await ctx.host['paymentMethods.list']({ clientId: hostClientId });
    return { rows: methods };
  },
});
