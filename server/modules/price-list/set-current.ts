import type { EntityManager } from '@mikro-orm/postgresql';

/** From `now` on these rule sets stand for these lists: pairs of rule set and list hash. */
export async function setCurrent(
  em: EntityManager,
  now: Date,
  lists: readonly (readonly [string, string])[],
): Promise<void> {
  if (lists.length === 0) return;
  await em.execute(
    `insert into price_list_version (rule_set, current_from, list_hash) values ${lists.map(() => '(?, ?, ?)').join(', ')}
     on conflict (rule_set, current_from) do update set list_hash = excluded.list_hash`,
    lists.flatMap(([ruleSet, list]) => [ruleSet, now, list]),
  );
}
