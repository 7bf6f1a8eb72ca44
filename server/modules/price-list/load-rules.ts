import type { EntityManager } from '@mikro-orm/postgresql';
import type { Rules } from '../../pricing/formats/rules.ts';
import { Programme } from '../programme/entity.ts';
import { Tier } from '../tier/entity.ts';

interface Holder {
  id: string;
  reseller_id: string | null;
  tier_id: string | null;
  valid_from: Date | string | null;
  valid_until: Date | string | null;
}

/** All rules of the programme in the form the pricing engine reads (rules/1). */
export async function loadRules(em: EntityManager): Promise<Rules> {
  const programme = await em.findOneOrFail(Programme, 1);
  const tiers = await em.find(Tier, {}, { orderBy: { position: 'asc' } });
  const discounts = await em.execute<
    (Holder & { product: string | null; group_id: string | null; bp: number; kinds: never })[]
  >('select * from price_discount order by id');
  const books = await em.execute<
    (Holder & {
      product: string;
      component: string;
      term: string;
      currency: string;
      price: string | null;
      setup: string | null;
    })[]
  >('select * from price_book_cell order by id');
  const floors = await em.execute<
    {
      id: string;
      product: string | null;
      group_id: string | null;
      component: string | null;
      term: string | null;
      currency: string;
      min_price: string | null;
      min_setup: string | null;
      over_cost_bp: number | null;
    }[]
  >('select * from price_floor order by id');
  return {
    format: 'rules/1',
    discountBp: programme.discountBp,
    applyTo: programme.applyTo,
    capAtRetail: programme.capAtRetail,
    floorLiftsBooks: programme.floorLiftsBooks,
    tiers: tiers.map(({ id, discountBp }) => ({ id, discountBp: discountBp ?? null })),
    discounts: discounts.map((row) => ({
      id: row.id,
      ...holding(row),
      on: row.product === null ? { group: row.group_id ?? '' } : { product: row.product },
      bp: row.bp,
      kinds: row.kinds,
    })),
    books: books.map((row) => ({
      id: row.id,
      ...holding(row),
      product: row.product,
      component: row.component,
      term: row.term,
      currency: row.currency,
      price: row.price,
      setup: row.setup,
    })),
    floors: floors.map((row) => ({
      id: row.id,
      on: row.product !== null ? { product: row.product } : row.group_id !== null ? { group: row.group_id } : {},
      component: row.component,
      term: row.term,
      currency: row.currency,
      minPrice: row.min_price,
      minSetup: row.min_setup,
      overCostBp: row.over_cost_bp,
    })),
  };
}

function holding(row: Holder) {
  return {
    for: row.reseller_id === null ? { tier: row.tier_id ?? '' } : { reseller: row.reseller_id },
    from: moment(row.valid_from),
    until: moment(row.valid_until),
  };
}

/** The engine's moments have seconds, not fractions. */
function moment(value: Date | string | null): string | null {
  return value === null ? null : toMoment(new Date(value));
}

/** A moment in UTC to the second: 2027-01-01T00:00:00Z. */
export function toMoment(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
