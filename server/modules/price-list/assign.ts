import type { ServiceContext } from '../../context.ts';
import { ruleStack, type RuleStack } from '../../pricing/rule-stack.ts';
import { statusesWhere } from '../reseller/gates.ts';
import { announcePrices } from './announce.ts';
import { compileLists, insertNew, type Written } from './compile-list.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { loadRules, toMoment } from './load-rules.ts';
import { lockPrices } from './lock.ts';
import { setCurrent } from './set-current.ts';
import { ruleSetHash } from './rule-set.ts';

/** Lists are compiled and shipped this long ahead of the moment they begin to hold (pricing.md rule 17). */
export const SHIP_AHEAD_MS = 48 * 3_600_000;

interface Segment {
  stack: RuleStack;
  ruleSet: string;
  from: Date;
  until: Date | null;
}

/**
 * Works out which rule sets hold for these resellers from now on (null = all), compiles lists that do not exist yet, and
 * moves their pointers. Resellers whose rules have equal values share everything. Runs in the caller's transaction.
 */
export async function assignPrices(ctx: ServiceContext, resellerIds: string[] | null): Promise<Written> {
  const { em, now } = ctx;
  const written: Written = { chunks: 0, pages: 0, lists: 0 };
  await lockPrices(em);
  const resellers = await em.execute<{ id: string; tier_id: string; own_discount_bp: number | null }[]>(
    `select id, tier_id, own_discount_bp from reseller where status in (?) ${resellerIds ? 'and id in (?)' : ''}`,
    [statusesWhere(({ shop }) => shop !== 'retail'), ...(resellerIds ? [resellerIds] : [])],
  );
  const rules = await loadRules(em);
  const wanted = resellers.map((row) => {
    const reseller = { format: 'reseller/1' as const, id: row.id, tier: row.tier_id, discountBp: row.own_discount_bp };
    const segments: Segment[] = [];
    for (let from: Date | null = now; from !== null && from.getTime() <= now.getTime() + SHIP_AHEAD_MS;) {
      const { stack, validUntil } = ruleStack(rules, reseller, toMoment(from));
      const until: Date | null = validUntil === null ? null : new Date(validUntil);
      segments.push({ stack, ruleSet: ruleSetHash(stack), from, until });
      from = until;
    }
    return { id: row.id, segments };
  });
  await ensureLists(
    ctx,
    wanted.flatMap(({ segments }) => segments),
    written,
  );
  for (const { id, segments } of wanted) await replaceSegments(ctx, id, segments);
  await announcePrices(ctx);
  return written;
}

async function ensureLists(ctx: ServiceContext, segments: Segment[], written: Written): Promise<void> {
  const { em, prices, now } = ctx;
  const stacks = new Map(segments.map(({ ruleSet, stack }) => [ruleSet, stack]));
  if (stacks.size === 0) return;
  // Only rule sets in use follow the catalogue; one that comes back into use may have missed changes.
  const used = await em.execute<{ rule_set: string }[]>(
    'select distinct rule_set from price_assignment where rule_set in (?) and replaced_at is null and (valid_until is null or valid_until > ?)',
    [[...stacks.keys()], now],
  );
  for (const { rule_set } of used) stacks.delete(rule_set);
  const catalogue = stacks.size === 0 ? null : await loadCatalogue(em);
  if (!catalogue) return;
  const ruleSets = [...stacks.keys()];
  const lists = await compileLists(
    em,
    prices,
    { meta: catalogue, products: catalogue.products, removed: [] },
    ruleSets.map((ruleSet) => ({ stack: stacks.get(ruleSet)!, previous: null })),
    written,
  );
  await insertNew(
    em,
    'rule_set',
    ['hash'],
    ruleSets.map((ruleSet) => [ruleSet]),
  );
  await setCurrent(
    em,
    now,
    ruleSets.map((ruleSet, at) => [ruleSet, lists[at] ?? '']),
  );
}

async function replaceSegments({ em, now }: ServiceContext, resellerId: string, wanted: Segment[]): Promise<void> {
  const held = await em.execute<{ id: string; rule_set: string; valid_from: string; valid_until: string | null }[]>(
    `select id, rule_set, valid_from, valid_until from price_assignment
      where reseller_id = ? and replaced_at is null and (valid_until is null or valid_until > ?) order by valid_from`,
    [resellerId, now],
  );
  const same =
    held.length === wanted.length &&
    held.every((row, index) => {
      const segment = wanted[index];
      return segment && row.rule_set === segment.ruleSet && time(row.valid_until) === time(segment.until);
    });
  if (same) return;
  await em.execute('update price_assignment set replaced_at = ? where reseller_id = ? and replaced_at is null', [
    now,
    resellerId,
  ]);
  for (const { ruleSet, from, until } of wanted) {
    await em.execute(
      `insert into price_assignment (reseller_id, rule_set, valid_from, valid_until)
       select ?, ?, ?, ? where exists (select 1 from rule_set where hash = ?)`,
      [resellerId, ruleSet, from, until, ruleSet],
    );
  }
}

function time(value: string | Date | null): number | null {
  return value === null ? null : new Date(value).getTime();
}
