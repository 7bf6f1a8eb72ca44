import type { ServiceContext } from '../../context.ts';
import { ruleStack } from '../../pricing/rule-stack.ts';
import { announcePrices } from './announce.ts';
import { compileLists, type Written } from './compile-list.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { setCurrent } from './set-current.ts';
import { loadRules, toMoment } from './load-rules.ts';
import { lockPrices } from './lock.ts';

export interface CatalogueChange {
  changed: string[];
  removed: string[];
}

/**
 * Brings the current list of every rule set in use in line with the products that changed: one chunk, one page and one
 * list per rule set for one product, everything else untouched. Runs in the caller's transaction.
 */
export async function recompile(ctx: ServiceContext, change: CatalogueChange): Promise<Written> {
  const { em, prices, now } = ctx;
  const written: Written = { chunks: 0, pages: 0, lists: 0 };
  if (change.changed.length === 0 && change.removed.length === 0) return written;
  await lockPrices(em);
  const catalogue = await loadCatalogue(em, change.changed);
  if (!catalogue) return written;
  const rules = await loadRules(em);
  // Any reseller of a rule set stands for it: equal hashes are equal values.
  const used = await em.execute<
    {
      rule_set: string;
      list_hash: string;
      reseller_id: string;
      tier_id: string;
      own_discount_bp: number | null;
      valid_from: string;
    }[]
  >(
    `select distinct on (a.rule_set) a.rule_set, v.list_hash, a.reseller_id, r.tier_id, r.own_discount_bp, a.valid_from
       from price_assignment a join reseller r on r.id = a.reseller_id
       cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set order by current_from desc limit 1) v
      where a.replaced_at is null and (a.valid_until is null or a.valid_until > ?)
      order by a.rule_set, a.valid_from desc`,
    [now],
  );
  const wanted = used.map((row) => {
    const reseller = {
      format: 'reseller/1' as const,
      id: row.reseller_id,
      tier: row.tier_id,
      discountBp: row.own_discount_bp,
    };
    const at = new Date(Math.max(now.getTime(), new Date(row.valid_from).getTime()));
    return { stack: ruleStack(rules, reseller, toMoment(at)).stack, previous: row.list_hash };
  });
  const lists = await compileLists(
    em,
    prices,
    { meta: catalogue, products: catalogue.products, removed: change.removed },
    wanted,
    written,
  );
  const moved = used.flatMap(({ rule_set, list_hash }, at) =>
    lists[at] === list_hash ? [] : [[rule_set, lists[at] ?? ''] as const],
  );
  await setCurrent(em, now, moved);
  await announcePrices(ctx);
  return written;
}
