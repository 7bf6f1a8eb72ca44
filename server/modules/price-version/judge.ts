import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import type { Catalogue } from '../../pricing/formats/catalogue.ts';
import type { Rules } from '../../pricing/formats/rules.ts';
import { type ChangeError, checkChanges, type RuleChange, ruleIndex, sameRule } from '../../pricing/rule-changes.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { loadTimeline, type Timeline } from '../price-list/timeline.ts';
import type { PriceVersion } from './entity.ts';

/** What a draft is laid upon: the rules that will hold when it takes effect, and the catalogue. */
export interface Base {
  timeline: Timeline;
  rules: Rules;
  catalogue: Catalogue;
}

/** @throws prices_missing before the first reading of the catalogue */
export async function loadBase(
  em: EntityManager,
  { effectiveAt }: Pick<PriceVersion, 'effectiveAt'>,
  now: Date,
): Promise<Base> {
  const timeline = await loadTimeline(em);
  const catalogue = await loadCatalogue(em);
  if (!catalogue) {
    throw new ServiceError(
      'prices_missing',
      'The catalogue has not been read from the host yet. Try again in a minute.',
    );
  }
  return { timeline, rules: timeline.at(effectiveAt ?? now).rules, catalogue };
}

/** Everything that stands in the way of publishing these changes: the checks of the compiler, and rules moved meanwhile. */
export function judge(base: Base, changes: readonly (RuleChange & { before: unknown })[]): ChangeError[] {
  const current = ruleIndex(base.rules);
  const moved = changes.flatMap(({ kind, id, before }) =>
    sameRule((before ?? null) as RuleChange['after'], current(kind, id))
      ? []
      : [{ kind, id, code: 'changed_meanwhile', path: '', message: MOVED }],
  );
  const errors = [...moved, ...checkChanges(base.catalogue, base.rules, changes)];
  const { last } = base.timeline;
  if (errors.length > 0 || last === base.rules) return errors;
  // Versions that are scheduled for later go on from here: they must still fit.
  const later = ruleIndex(last);
  const overtaken = changes.flatMap(({ kind, id, before }) =>
    sameRule((before ?? null) as RuleChange['after'], later(kind, id))
      ? []
      : [{ kind, id, code: 'changed_later', path: '', message: OVERTAKEN }],
  );
  return [...overtaken, ...checkChanges(base.catalogue, last, changes)];
}

const OVERTAKEN = 'A version that is scheduled for later changes this rule too. Withdraw that version first.';
const MOVED = 'This rule was changed after it was edited here. Look at its current value and save your change again.';
