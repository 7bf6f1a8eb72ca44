import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import type { Rules } from '../../pricing/formats/rules.ts';
import { applyChanges, type RuleChange } from '../../pricing/rule-changes.ts';
import { loadRulesAt, loadTimeline, type Timeline } from '../price-list/timeline.ts';
import { PriceVersion } from './entity.ts';
import { changesOf, findVersion } from './find.ts';

/** The rules as a version has them, and what they are laid upon. */
interface VersionRules {
  /** When they are looked at: the moment the version takes effect, else now. */
  moment: Date;
  timeline: Timeline;
  /** What is published for that moment. */
  published: Rules;
  /** What the version does to single rules; nothing of one that has begun, as it is part of what is published. */
  changes: (RuleChange & { before: unknown })[];
  rules: Rules;
}

/**
 * The rules of a version at its moment, or without one those that hold now. A draft's changes, and those of one that was
 * withdrawn, are laid upon what is published; a scheduled version is part of that already; one that was replaced has what it
 * kept. With `at`, at that moment instead. @throws not_found
 */
export async function rulesOf(
  { em, now }: Pick<ServiceContext, 'em' | 'now'>,
  wanted: PriceVersion | string | null | undefined,
  at?: Date,
): Promise<VersionRules> {
  const version = typeof wanted === 'string' ? await findVersion(em, wanted) : (wanted ?? null);
  const timeline = await loadTimeline(em);
  const own = version && (version.state === 'draft' || version.state === 'scheduled') ? version.effectiveAt : null;
  const moment = at ?? own ?? now;
  const published = at && at < now ? await loadRulesAt(em, at, now) : timeline.at(moment).rules;
  if (version?.state === 'replaced') {
    return { moment, timeline, published, changes: [], rules: (await keptRules(em, version.id)) ?? published };
  }
  const changes = version && version.state !== 'live' ? await changesOf(em, version.id) : [];
  return { moment, timeline, published, changes, rules: applyChanges(published, changes) };
}

/** The rules that held while a version was live, kept when it began. */
async function keptRules(em: EntityManager, id: string): Promise<Rules | null> {
  const kept = await em.findOne(PriceVersion, { id }, { populate: ['rules'], disableIdentityMap: true });
  return kept?.rules ?? null;
}
