import type { EntityManager } from '@mikro-orm/postgresql';
import type { Catalogue } from '../../pricing/formats/catalogue.ts';
import type { Book, Discount, Floor, Rules } from '../../pricing/formats/rules.ts';
import type { ProgrammeRules, RuleChange } from '../../pricing/rule-changes.ts';

const BATCH = 500;

/** Makes changes of rules in the live tables. A fixed price keeps what retail is now, to be found when retail moves on. */
export async function writeRules(
  em: EntityManager,
  changes: readonly RuleChange[],
  catalogue: Catalogue | null,
): Promise<void> {
  const tables = { discount: 'price_discount', book: 'price_book_cell', floor: 'price_floor' } as const;
  for (const [kind, table] of Object.entries(tables)) {
    const own = changes.filter((change) => change.kind === kind);
    for (let start = 0; start < own.length; start += BATCH) {
      const batch = own.slice(start, start + BATCH);
      await em.execute(`delete from ${table} where id in (?)`, [batch.map(({ id }) => id)]);
      const rows = batch.flatMap((change) => rowOf(change, catalogue) ?? []);
      if (rows.length === 0) continue;
      await em.execute(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ?::jsonb)`, [
        JSON.stringify(rows),
      ]);
    }
  }
  for (const { kind, id, after } of changes) {
    if (kind === 'tier' && after) await writeTier(em, id, after);
    if (kind === 'programme' && after) await writeProgramme(em, after);
  }
}

function rowOf({ kind, after }: RuleChange, catalogue: Catalogue | null): Record<string, unknown> | null {
  if (after === null) return null;
  if (kind === 'discount') return discountRow(after);
  if (kind === 'book') return bookRow(after, catalogue);
  return kind === 'floor' ? floorRow(after) : null;
}

function holder(rule: Discount | Book) {
  return {
    id: rule.id,
    reseller_id: 'reseller' in rule.for ? rule.for.reseller : null,
    tier_id: 'tier' in rule.for ? rule.for.tier : null,
    valid_from: rule.from,
    valid_until: rule.until,
  };
}

function discountRow(rule: Discount) {
  const { bp, kinds, on } = rule;
  return { ...holder(rule), ...target(on), bp, kinds };
}

function bookRow(rule: Book, catalogue: Catalogue | null) {
  const { product, component, term, currency, price, setup } = rule;
  const retail = catalogue?.products
    .find(({ id }) => id === product)
    ?.components.find(({ id }) => id === component)
    ?.prices.find((cell) => cell.term === term && cell.currency === currency);
  return {
    ...holder(rule),
    product,
    component,
    term,
    currency,
    price,
    setup,
    retail_price: price === null ? null : (retail?.price ?? null),
    retail_setup: setup === null ? null : (retail?.setup ?? null),
  };
}

function floorRow({ id, on, component, term, currency, minPrice, minSetup, overCostBp }: Floor) {
  return {
    id,
    ...target(on),
    component,
    term,
    currency,
    min_price: minPrice,
    min_setup: minSetup,
    over_cost_bp: overCostBp,
  };
}

function target(on: Floor['on']) {
  return { product: 'product' in on ? on.product : null, group_id: 'group' in on ? on.group : null };
}

async function writeTier(em: EntityManager, id: string, { discountBp }: Rules['tiers'][number]): Promise<void> {
  await em.execute('update tier set discount_bp = ?, version = version + 1 where id = ?', [discountBp, id]);
}

async function writeProgramme(em: EntityManager, rules: ProgrammeRules): Promise<void> {
  await em.execute(
    `update programme set discount_bp = ?, apply_to = ?, cap_at_retail = ?, floor_lifts_books = ?, version = version + 1, updated_at = now()
      where id = 1`,
    [rules.discountBp, JSON.stringify(rules.applyTo), rules.capAtRetail, rules.floorLiftsBooks],
  );
}
