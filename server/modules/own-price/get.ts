import { z } from 'zod';
import { verb } from '../../verb.ts';
import { actingReseller } from '../../tenant.ts';
import { OwnPriceList } from './entity.ts';
import { loadOwnRules } from './load.ts';

/** The acting reseller's own rules, what stands above its printed list, and its fixed costs. Version 0: nothing yet. */
export const getOwnPrices = verb({
  procedure: 'ownPrices.get',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const resellerId = actingReseller(ctx);
    const head = await ctx.em.findOne(OwnPriceList, { resellerId });
    const costs = await ctx.em.execute<{ product: string; currency: string; monthly: string }[]>(
      'select product, currency, monthly from own_price_cost where reseller_id = ? order by product, currency',
      [resellerId],
    );
    return {
      rules: await loadOwnRules(ctx.em, resellerId),
      heading: head?.heading ?? null,
      note: head?.note ?? null,
      costs,
      version: head?.version ?? 0,
    };
  },
});
