import { z } from 'zod';
import { formatAmount } from '../../money.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';
import { shiftDay } from './period.ts';
import { BY_NETWORK_DAY, BY_RESELLER_DAY } from './sources.ts';

/**
 * Revenue (wholesale paid less refunded, net) of the acting reseller, or of the whole network, over the last days and
 * over as many days before them; by day and currency, cut in the provider's billing zone. From rollups alone.
 */
export const summariseRevenue = verb({
  procedure: 'revenue.summary',
  permission: 'orders:read',
  mode: 'read',
  input: z.object({ days: z.int().min(1).max(366).default(30) }),
  run: async (ctx, { days }) => {
    const { em, now } = ctx;
    const { billingZone } = await em.findOneOrFail(Programme, 1);
    const today = billingDay(now, billingZone);
    const first = shiftDay(today, 1 - days);
    const before = shiftDay(first, -days);
    const { resellerId } = ownRows(ctx);
    const rows = await em.execute<{ day: string; currency: string; amount: string }[]>(
      `select day::text as day, currency, sum(amount)::text as amount
         from ${resellerId ? BY_RESELLER_DAY : BY_NETWORK_DAY} f
        where day >= ?::date and day <= ?::date ${resellerId ? 'and reseller_id = ?' : ''} group by 1, 2 order by 1, 2`,
      [before, today, ...(resellerId ? [resellerId] : [])],
    );
    const digits = await digitsOf(em);
    const sum = (wanted: (day: string) => boolean) => {
      const totals = new Map<string, bigint>();
      for (const row of rows)
        if (wanted(row.day)) totals.set(row.currency, (totals.get(row.currency) ?? 0n) + BigInt(row.amount));
      return [...totals].map(([currency, amount]) => ({ currency, amount: formatAmount(amount, digits(currency)) }));
    };
    return {
      from: first,
      until: today,
      zone: billingZone,
      totals: sum((day) => day >= first),
      previous: sum((day) => day < first),
      byDay: rows
        .filter(({ day }) => day >= first)
        .map(({ day, currency, amount }) => ({
          day,
          currency,
          amount: formatAmount(BigInt(amount), digits(currency)),
        })),
    };
  },
});
