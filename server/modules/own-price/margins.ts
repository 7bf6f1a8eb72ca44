import { z } from 'zod';
import { formatAmount } from '../../money.ts';
import { marginOf } from '../../pricing/own-price.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';

interface Found {
  currency: string;
  orders: number;
  known: number;
  own: string | null;
  wholesale: string | null;
}

/**
 * What the acting reseller's paid orders brought at its own prices and what it kept, of one customer or of all, per
 * currency. Orders with a line without an own price are counted and left out of the sums; so are refunded ones.
 */
export const summariseMargins = verb({
  procedure: 'ownPrices.margins',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    customerId: z.string().max(60).optional(),
    /** Moments of placing, UTC: from inclusive, until exclusive. */
    from: z.iso.datetime().optional(),
    until: z.iso.datetime().optional(),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const filters = ["o.reseller_id = ? and o.status = 'paid'"];
    const parameters: unknown[] = [actingReseller(ctx)];
    for (const [value, condition] of [
      [input.customerId, 'o.customer_id = ?'],
      [input.from, 'o.placed_at >= ?'],
      [input.until, 'o.placed_at < ?'],
    ] as const) {
      if (value === undefined) continue;
      filters.push(condition);
      parameters.push(value);
    }
    const found = await em.execute<Found[]>(
      `select currency, count(*)::int as orders, count(*) filter (where known)::int as known,
              trunc(sum(own) filter (where known))::text as own, trunc(sum(wholesale) filter (where known))::text as wholesale
         from (select o.currency, s.* from reseller_order o
                cross join lateral (
                  select bool_and(l -> 'own' ->> 'price' is not null) as known,
                         sum((l -> 'own' ->> 'price')::numeric + (l -> 'own' ->> 'setup')::numeric) * power(10::numeric, o.digits) as own,
                         sum((l ->> 'price')::numeric + (l ->> 'setup')::numeric) * power(10::numeric, o.digits) as wholesale
                    from jsonb_array_elements(o.lines) l) s
               where ${filters.join(' and ')}) x
        group by currency order by currency`,
      parameters,
    );
    const digits = await digitsOf(em);
    return {
      rows: found.map(({ currency, orders, known, ...sums }) => {
        const [own, wholesale] = [sums.own, sums.wholesale].map((sum) => BigInt(sum ?? 0));
        const margin = marginOf(own ?? 0n, wholesale ?? 0n);
        const text = (minor: bigint) => formatAmount(minor, digits(currency));
        return {
          currency,
          orders,
          ordersWithOwnPrices: known,
          sales: text(own ?? 0n),
          wholesale: text(wholesale ?? 0n),
          margin: text(margin.amount),
          marginBp: margin.bp,
        };
      }),
    };
  },
});
