import type { EntityManager } from '@mikro-orm/postgresql';
import type { Rules } from '../../pricing/formats/rules.ts';
import { applyChanges, type RuleChange } from '../../pricing/rule-changes.ts';
import { loadRules } from './load-rules.ts';

/** The rules over time: those that are live, and from a moment on those of each version that is published for then. */
export interface Timeline {
  /** The rules that hold at a moment, and when the next version begins after it (null = none). */
  at(moment: Date): { rules: Rules; until: Date | null };
  /** All that is published taken together: what a further change is built on. */
  last: Rules;
}

interface Scheduled {
  effective_at: string;
  changes: RuleChange[] | null;
}

/** Live rules and scheduled versions, as the transaction of `em` sees them. */
export async function loadTimeline(em: EntityManager): Promise<Timeline> {
  const scheduled = await em.execute<Scheduled[]>(
    `select v.effective_at,
            (select json_agg(json_build_object('kind', c.kind, 'id', c.rule_id, 'after', c.after) order by c.kind, c.rule_id)
               from price_change c where c.version_id = v.id) as changes
       from price_version v where v.state = 'scheduled' order by v.effective_at, v.number`,
  );
  const steps: { from: number; rules: Rules }[] = [{ from: Number.NEGATIVE_INFINITY, rules: await loadRules(em) }];
  for (const { effective_at, changes } of scheduled) {
    const from = new Date(effective_at).getTime();
    const { rules } = steps.at(-1)!;
    steps.push({ from, rules: applyChanges(rules, changes ?? []) });
  }
  return {
    at(moment) {
      const held = steps.findLast(({ from }) => from <= moment.getTime());
      const next = steps.find(({ from }) => from > moment.getTime());
      return { rules: held!.rules, until: next ? new Date(next.from) : null };
    },
    last: steps.at(-1)!.rules,
  };
}

/**
 * The rules that hold, held or will hold at a moment: of the past as the version that was live then kept them, as far back
 * as versions go; before the first one, what was kept when it came. Retail and terms of resellers are those of today.
 */
export async function loadRulesAt(em: EntityManager, moment: Date, now: Date): Promise<Rules> {
  if (moment < now) {
    const [past] = await em.execute<{ rules: Rules }[]>(
      `select rules from price_version where rules is not null and (applied_at <= ? or number = 0)
        order by number <> 0 desc, applied_at desc limit 1`,
      [moment],
    );
    if (past) return past.rules;
  }
  return (await loadTimeline(em)).at(moment).rules;
}
