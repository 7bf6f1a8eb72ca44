import { requireOneReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { serviceConditions, serviceFilter } from './filter.ts';

/**
 * What the services of a filter come to: how many of each status, and what the running ones cost at wholesale, by
 * currency and billing term. For one reseller. @throws bad_input without one
 */
export const totalServices = verb({
  procedure: 'services.totals',
  permission: 'services:read',
  mode: 'read',
  input: serviceFilter,
  run: async (ctx, filter) => {
    const { resellerId, conditions } = await serviceConditions(ctx, filter);
    requireOneReseller(resellerId);
    const found = await ctx.em.execute<
      { status: string; currency: string; term: string; services: number; amount: string | null }[]
    >(
      `select s.status, s.currency, s.term, count(*)::int as services,
              sum(coalesce(l.unit_price, s.recurring)::numeric * s.quantity)
                filter (where s.status in ('active', 'suspended'))::text as amount
         from service s left join price_lock l on l.host_service_id = s.host_service_id and l.status in ('pending', 'active')
        where ${conditions.text} group by 1, 2, 3 order by 2, 3`,
      conditions.values,
    );
    const counts: Record<string, number> = {};
    for (const { status, services } of found) counts[status] = (counts[status] ?? 0) + services;
    const running = found.filter(({ status }) => status === 'active' || status === 'suspended');
    return { counts, recurring: running.map(({ amount, ...rest }) => ({ ...rest, amount: amount ?? '0' })) };
  },
});
