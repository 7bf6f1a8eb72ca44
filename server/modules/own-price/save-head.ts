import { z } from 'zod';
import { amount, currencyCode, hostId } from '../../../hooks/contract/index.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { headForChange } from './load.ts';

/**
 * What stands above and below the printed list (heading null = the company), and what a product costs the reseller a month
 * whoever buys it, for break-even. Costs are replaced as a whole. @throws conflict, bad_input
 */
export const saveOwnHead = verb({
  procedure: 'ownPrices.saveHead',
  permission: 'selling:write',
  mode: 'write',
  input: z.object({
    version: z.int().min(0),
    heading: z.string().trim().min(1).max(120).nullable(),
    note: z.string().trim().max(2000).nullable(),
    costs: z
      .array(
        z.object({
          product: hostId,
          currency: currencyCode,
          monthly: amount.refine((text) => !text.startsWith('-'), 'is not below zero'),
        }),
      )
      .max(2000),
  }),
  run: async (ctx, { version, heading, note, costs }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const head = await headForChange(ctx, resellerId, version);
    const before = { heading: head.heading, note: head.note };
    em.assign(head, { heading, note });
    await em.execute('delete from own_price_cost where reseller_id = ?', [resellerId]);
    if (costs.length > 0) {
      await em.execute(
        `insert into own_price_cost (reseller_id, product, currency, monthly)
         select ?, x.product, x.currency, x.monthly from jsonb_to_recordset(?::jsonb) as x(product text, currency text, monthly text)
         on conflict (reseller_id, product, currency) do update set monthly = excluded.monthly`,
        [
          resellerId,
          JSON.stringify([...new Map(costs.map((cost) => [`${cost.product} ${cost.currency}`, cost])).values()]),
        ],
      );
    }
    record(ctx, {
      action: 'own_price_list.changed',
      subject: { type: 'own_price_list', id: resellerId },
      resellerId,
      before,
      after: { heading, note, costs },
    });
    await em.flush();
    return { version: head.version };
  },
});
