import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount } from '../../money.ts';
import { marginOf } from '../../pricing/own-price.ts';

interface Found {
  currency: string;
  orders: number;
  known: number;
  own: string | null;
  wholesale: string | null;
}

/**
 * What paid orders brought at the reseller's own prices and what it kept, per currency. Orders with a line without an own
 * price are counted and left out of the sums, as in order-margin.ts; so are refunded ones. `filters` are conditions on
 * `reseller_order o`.
 */
export async function readSales(
  em: EntityManager,
  digits: (currency: string) => number,
  filters: readonly string[],
  parameters: readonly unknown[],
) {
  const found = await em.execute<Found[]>(
    `select currency, count(*)::int as orders, count(*) filter (where known)::int as known,
            trunc(sum(own) filter (where known))::text as own, trunc(sum(wholesale) filter (where known))::text as wholesale
       from (select o.currency, s.* from reseller_order o
              cross join lateral (
                select bool_and(l -> 'own' ->> 'price' is not null) as known,
                       sum((l -> 'own' ->> 'price')::numeric + (l -> 'own' ->> 'setup')::numeric) * power(10::numeric, o.digits) as own,
                       sum((l ->> 'price')::numeric + (l ->> 'setup')::numeric) * power(10::numeric, o.digits) as wholesale
                  from jsonb_array_elements(o.lines) l) s
             where o.status = 'paid' and ${filters.join(' and ')}) x
      group by currency order by currency`,
    [...parameters],
  );
  return found.map(({ currency, orders, known, ...sums }) => {
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
  });
}
