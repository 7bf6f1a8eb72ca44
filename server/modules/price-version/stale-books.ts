import type { EntityManager } from '@mikro-orm/postgresql';
import type { Holder } from '../../pricing/formats/rules.ts';

/*
 * A cell of a price book is stale when retail moved after its amount was set. Cells from before that was kept say
 * nothing. Amounts are compared as numbers: "10.0" is "10.00".
 */
const STALE = `
  from price_book_cell b
  join catalogue_product p on p.id = b.product and p.removed_at is null
  cross join lateral jsonb_array_elements(p.product -> 'components') as c
  cross join lateral jsonb_array_elements(c -> 'prices') as x
 where c ->> 'id' = b.component and x ->> 'term' = b.term and x ->> 'currency' = b.currency
   and (b.valid_until is null or b.valid_until > ?)
   and ((b.price is not null and b.retail_price is not null and (x ->> 'price')::numeric is distinct from b.retail_price::numeric)
     or (b.setup is not null and b.retail_setup is not null and (x ->> 'setup')::numeric is distinct from b.retail_setup::numeric))`;

/** A fixed price that retail left behind: what retail was when it was set, and is now. */
export interface StaleCell {
  id: string;
  reseller_id: string | null;
  tier_id: string | null;
  product: string;
  component: string;
  term: string;
  currency: string;
  price: string | null;
  setup: string | null;
  retail_price: string | null;
  retail_setup: string | null;
  now_price: string | null;
  now_setup: string | null;
}

/** Stale cells by id, from after `afterId`. */
export function findStaleBooks(em: EntityManager, now: Date, afterId: string, limit: number): Promise<StaleCell[]> {
  return em.execute<StaleCell[]>(
    `select b.id, b.reseller_id, b.tier_id, b.product, b.component, b.term, b.currency, b.price, b.setup, b.retail_price, b.retail_setup,
            x ->> 'price' as now_price, x ->> 'setup' as now_setup ${STALE} and b.id > ? order by b.id limit ?`,
    [now, afterId, limit],
  );
}

/** Retail when the stale amounts of one book were set, by rule id and charge ("prl_1 price"). */
export async function findStaleOf(
  em: EntityManager,
  now: Date,
  holder: Holder,
  currency: string,
): Promise<Map<string, string>> {
  const whose = 'reseller' in holder ? 'b.reseller_id' : 'b.tier_id';
  const rows = await em.execute<StaleCell[]>(
    `select b.id, b.price, b.setup, b.retail_price, b.retail_setup ${STALE} and ${whose} = ? and b.currency = ?`,
    [now, 'reseller' in holder ? holder.reseller : holder.tier, currency],
  );
  const then = new Map<string, string>();
  for (const { id, retail_price, retail_setup } of rows) {
    if (retail_price !== null) then.set(`${id} price`, retail_price);
    if (retail_setup !== null) then.set(`${id} setup`, retail_setup);
  }
  return then;
}

/**
 * The fixed prices of a reseller and of its tier in one currency whose own retail moved, as `staleKey` names them: the price
 * and the setup fee of a cell go stale apart.
 */
export async function findStaleCharges(
  em: EntityManager,
  now: Date,
  holders: { reseller: string; tier: string },
  currency: string,
): Promise<Set<string>> {
  type Cell = { own: boolean; product: string; component: string; term: string; price: boolean; setup: boolean };
  const rows = await em.execute<Cell[]>(
    `select b.reseller_id is not null as own, b.product, b.component, b.term,
            b.price is not null and b.retail_price is not null and (x ->> 'price')::numeric is distinct from b.retail_price::numeric as price,
            b.setup is not null and b.retail_setup is not null and (x ->> 'setup')::numeric is distinct from b.retail_setup::numeric as setup
       ${STALE} and (b.reseller_id = ? or b.tier_id = ?) and b.currency = ?`,
    [now, holders.reseller, holders.tier, currency],
  );
  return new Set(
    rows.flatMap(({ own, price, setup, ...cell }) => {
      const source = own ? 'reseller_book' : 'tier_book';
      return [
        ...(price ? [staleKey({ ...cell, source, charge: 'price' })] : []),
        ...(setup ? [staleKey({ ...cell, source, charge: 'setup' })] : []),
      ];
    }),
  );
}

type FixedCharge = Record<'source' | 'product' | 'component' | 'term' | 'charge', string>;
export const staleKey = ({ source, product, component, term, charge }: FixedCharge): string =>
  [source, product, component, term, charge].join('\t');

export async function countStaleBooks(em: EntityManager, now: Date): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(`select count(*)::int as n ${STALE}`, [now]);
  return row?.n ?? 0;
}

/** How many cells of each holder are stale: one problem a price book, not one a cell. */
export function countStaleByHolder(
  em: EntityManager,
  now: Date,
): Promise<{ holder: string; name: string; n: number }[]> {
  return em.execute(
    `select coalesce(s.reseller_id, s.tier_id) as holder, coalesce(r.company, t.name) as name, count(*)::int as n
       from (select b.reseller_id, b.tier_id ${STALE}) s
       left join reseller r on r.id = s.reseller_id left join tier t on t.id = s.tier_id group by 1, 2 order by 1`,
    [now],
  );
}
