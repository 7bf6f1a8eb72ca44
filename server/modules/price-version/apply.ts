import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import type { RuleChange } from '../../pricing/rule-changes.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { compileAhead } from '../price-list/compile-ahead.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { loadRules } from '../price-list/load-rules.ts';
import { lockPrices } from '../price-list/lock.ts';
import { loadTimeline } from '../price-list/timeline.ts';
import { readTerms } from '../price-list/wanted-segments.ts';
import { raiseProblem } from '../problem/raise.ts';
import { announceVersion } from './announce.ts';
import { PriceVersion } from './entity.ts';
import { changesOf } from './find.ts';
import { writeRules } from './write-rules.ts';

/**
 * The job behind published versions, every minute and after each publication: compiles and ships ahead, makes the rules of
 * versions that are due the live ones, tells resellers, and has running services moved when their notice is over.
 */
export async function applyVersions(ctx: ServiceContext): Promise<void> {
  const em = ctx.em.fork();
  const scheduled = await em.find(
    PriceVersion,
    { state: 'scheduled' },
    { orderBy: { effectiveAt: 'asc', number: 'asc' }, disableIdentityMap: true },
  );
  const fresh = scheduled.filter(({ announcedAt }) => !announcedAt);
  const due = scheduled.filter(({ effectiveAt }) => effectiveAt && effectiveAt <= ctx.now);
  if (due.length > 0 || fresh.length > 0) {
    await compileAhead({ ...ctx, em }, await loadTimeline(em), await readTerms(em, null));
    await ctx.em.fork().transactional(async (inner) => {
      const inside = { ...ctx, em: inner };
      await lockPrices(inner);
      const applied: PriceVersion[] = [];
      for (const { id } of due) applied.push(...(await applyOne(inside, id)));
      await assignPrices(inside, null, { compile: 'here' });
      for (const version of applied) await keepLists(inside, version);
    });
  }
  for (const { id } of fresh) await announceVersion(ctx, id);
  await moveServicesThatAreDue(ctx);
}

async function applyOne(ctx: ServiceContext, id: string): Promise<PriceVersion[]> {
  const { em, now } = ctx;
  const version = await em.findOne(PriceVersion, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (version?.state !== 'scheduled') return [];
  const live = await em.findOne(PriceVersion, { state: 'live' });
  if (live) Object.assign(live, { state: 'replaced', endedAt: now });
  else await keepWhatWas(ctx);
  // The unique index allows one live version at any moment.
  await em.flush();
  const changes = await withoutLostTiers(ctx, version, await changesOf(em, id));
  await writeRules(em, changes, await loadCatalogue(em));
  // The rules were written by SQL: what the identity map holds of programme and tiers is old.
  em.clear();
  const applied = await em.findOneOrFail(PriceVersion, id);
  em.assign(applied, { state: 'live', appliedAt: now, rules: await loadRules(em) });
  record(ctx, {
    action: 'price_version.applied',
    subject: { type: 'price_version', id },
    resellerId: null,
    before: { live: live?.number ?? 0 },
    after: { live: applied.number },
  });
  await em.flush();
  return [applied];
}

/** What held before the first version, so that one can go back to it. */
async function keepWhatWas({ em, now }: ServiceContext): Promise<void> {
  const [known] = await em.execute<unknown[]>('select 1 from price_version where number = 0');
  if (known) return;
  const who = 'system';
  em.create(PriceVersion, {
    id: newId('pvs'),
    number: 0,
    name: 'Before the first version',
    state: 'replaced',
    running: 'keep',
    noticeDays: 0,
    effectiveAt: null,
    servicesFrom: null,
    reason: null,
    revertsTo: null,
    createdBy: who,
    createdAt: now,
    updatedBy: who,
    updatedAt: now,
    publishedBy: null,
    publishedAt: null,
    announcedAt: null,
    appliedAt: null,
    servicesMovedAt: null,
    endedAt: now,
    rules: await loadRules(em),
    version: 1,
  });
}

/** Rules for a tier that was removed after publication have nobody to hold for. */
async function withoutLostTiers(ctx: ServiceContext, version: PriceVersion, changes: readonly RuleChange[]) {
  const tiers = new Set((await ctx.em.execute<{ id: string }[]>('select id from tier')).map(({ id }) => id));
  const kept = changes.filter(
    ({ after }) => !(after && 'for' in after && 'tier' in after.for && !tiers.has(after.for.tier)),
  );
  if (kept.length < changes.length) {
    await raiseProblem(ctx, {
      key: `price_version.tier_gone:${version.id}`,
      severity: 'warning',
      message: `${changes.length - kept.length} rules of price version ${version.number} are for a tier that was removed. They were left out.`,
    });
  }
  return kept;
}

/** From which list to which each reseller went: what running services move by, and the reseller's own price history. */
async function keepLists({ em, now }: ServiceContext, { id, effectiveAt, publishedAt }: PriceVersion): Promise<void> {
  // Published for now, its moment is the whole second before: what held then may have been replaced within that second.
  const from = new Date(Math.max(effectiveAt?.getTime() ?? 0, publishedAt?.getTime() ?? 0));
  await em.execute(
    `insert into price_version_move (version_id, reseller_id, before_list, after_list)
     select ?, b.reseller_id, b.list_hash, n.list_hash
       from (select distinct on (a.reseller_id) a.reseller_id, v.list_hash
               from price_assignment a
               cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set and current_from <= ? order by current_from desc limit 1) v
              where a.valid_from < ? and (a.valid_until is null or a.valid_until >= ?) and (a.replaced_at is null or a.replaced_at >= ?)
              order by a.reseller_id, a.id desc) b
       join (select distinct on (a.reseller_id) a.reseller_id, v.list_hash
               from price_assignment a
               cross join lateral (select list_hash from price_list_version where rule_set = a.rule_set order by current_from desc limit 1) v
              where a.replaced_at is null and a.valid_from <= ? and (a.valid_until is null or a.valid_until > ?)
              order by a.reseller_id, a.id desc) n on n.reseller_id = b.reseller_id
      where b.list_hash <> n.list_hash
     on conflict do nothing`,
    [id, now, from, from, from, now, now],
  );
}

/** Cheaper ones as soon as the version is live, dearer ones when the notice is over; with a date all of them on it. */
async function moveServicesThatAreDue({ em: outer, now, enqueue }: ServiceContext): Promise<void> {
  await outer.fork().transactional(async (em: EntityManager) => {
    const due = await em.execute<{ id: string; over: boolean }[]>(
      `select id, services_from <= ? as over from price_version
        where running <> 'keep' and state in ('live', 'replaced') and services_moved_at is null
          and (services_from <= ? or (running = 'next_renewal' and applied_at = ?)) for update skip locked`,
      [now, now, now],
    );
    for (const { id, over } of due) {
      if (over) await em.execute('update price_version set services_moved_at = ? where id = ?', [now, id]);
      await enqueue(em, 'move-locks', { versionId: id });
    }
  });
}
