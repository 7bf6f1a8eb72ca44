import type { ServiceContext } from '../../context.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';
import { announcePrices } from './announce.ts';
import { compileLists, type Written } from './compile-list.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { setCurrent } from './set-current.ts';
import { lockPrices } from './lock.ts';
import { loadTimeline } from './timeline.ts';
import { type ResellerTerms, StackMaker } from './wanted-segments.ts';

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
  const used = await usedRuleSets(ctx);
  const lists = await compileLists(
    em,
    prices,
    { meta: catalogue, products: catalogue.products, removed: change.removed },
    used.map(({ stack, list_hash }) => ({ stack, previous: list_hash })),
    written,
  );
  const moved = used.flatMap(({ rule_set, list_hash }, at) =>
    lists[at] === list_hash ? [] : [[rule_set, lists[at] ?? ''] as const],
  );
  await setCurrent(em, now, moved);
  await announcePrices(ctx);
  return written;
}

interface Used extends ResellerTerms {
  rule_set: string;
  list_hash: string;
  valid_from: string;
}

/**
 * Every rule set in use with its values and its current list. Any reseller of a rule set stands for it, unless its terms
 * or the rules changed and the job that moves it has not run yet: then another one does, or the list is about to be left.
 */
async function usedRuleSets({ em, now }: ServiceContext): Promise<(Used & { stack: RuleStack })[]> {
  const maker = new StackMaker(await loadTimeline(em));
  const rows = await em.execute<Used[]>(
    `select a.rule_set, v.list_hash, r.id, r.tier_id, r.own_discount_bp, a.valid_from
       from price_assignment a join reseller r on r.id = a.reseller_id
       cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set order by current_from desc limit 1) v
      where a.replaced_at is null and (a.valid_until is null or a.valid_until > ?)
      order by a.rule_set, a.valid_from desc`,
    [now],
  );
  const found = new Map<string, Used & { stack: RuleStack }>();
  for (const row of rows) {
    if (found.has(row.rule_set)) continue;
    const { stack, ruleSet } = maker.at(row, new Date(Math.max(now.getTime(), new Date(row.valid_from).getTime())));
    if (ruleSet === row.rule_set) found.set(ruleSet, { ...row, stack });
  }
  // Nobody may move to it before it is compiled anew.
  const behind = [...new Set(rows.map(({ rule_set }) => rule_set))].filter((hash) => !found.has(hash));
  if (behind.length > 0) await em.execute('update rule_set set behind = true where hash in (?)', [behind]);
  return [...found.values()];
}
