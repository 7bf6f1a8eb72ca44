import type { ServiceContext } from '../../context.ts';
import { announcePrices } from './announce.ts';
import { compileLists, insertNew, type Written } from './compile-list.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { lockPrices } from './lock.ts';
import { setCurrent } from './set-current.ts';
import { loadTimeline } from './timeline.ts';
import { readTerms, type Segment, StackMaker } from './wanted-segments.ts';

/**
 * So many products are compiled inside the caller's transaction (about 0.1 s); more are left to a job, and orders go on
 * being priced by the list that holds until it is done.
 */
const COMPILED_AT_ONCE = 200;
const BATCH = 500;

export interface AssignOptions {
  /** `here`: compiles whatever it takes in this transaction. For jobs. */
  compile?: 'here' | 'when_few';
  /** Running services that became cheaper are locked anew, once the new lists hold (pricing.md rule 20). */
  lowerLocks?: boolean;
}

interface Wanted {
  id: string;
  segments: Segment[];
}

/**
 * Works out which rule sets hold for these resellers from now on (null = all) and moves their pointers. Lists that do not
 * exist yet are compiled here when they are few or the caller says so, by a job otherwise. Resellers whose rules have
 * equal values share everything. Runs in the caller's transaction.
 */
export async function assignPrices(
  ctx: ServiceContext,
  resellerIds: string[] | null,
  options: AssignOptions = {},
): Promise<Written> {
  const { em, now } = ctx;
  const written: Written = { chunks: 0, pages: 0, lists: 0 };
  await lockPrices(em);
  const maker = new StackMaker(await loadTimeline(em));
  const wanted = (await readTerms(em, resellerIds)).map((terms) => ({
    id: terms.id,
    segments: maker.segments(terms, now),
  }));
  const ready = await ensureLists(ctx, wanted, written, options);
  const moved = await replaceSegments(ctx, ready);
  if (options.lowerLocks) {
    for (const id of moved) await ctx.enqueue(em, 'lower-locks', { resellerId: id });
  }
  await announcePrices(ctx);
  return written;
}

/** Those whose lists all exist now; for the others a job is queued. */
async function ensureLists(
  ctx: ServiceContext,
  wanted: Wanted[],
  written: Written,
  { compile = 'when_few', lowerLocks = false }: AssignOptions,
): Promise<Wanted[]> {
  const { em, prices, now } = ctx;
  const stacks = new Map(
    wanted.flatMap(({ segments }) => segments.map(({ ruleSet, stack }) => [ruleSet, stack] as const)),
  );
  if (stacks.size === 0) return wanted;
  // Only rule sets in use follow the catalogue; one that comes back into use may have missed changes.
  const used = await em.execute<{ rule_set: string }[]>(
    `select distinct a.rule_set from price_assignment a join rule_set s on s.hash = a.rule_set and not s.behind
      where a.rule_set in (?) and a.replaced_at is null and (a.valid_until is null or a.valid_until > ?)`,
    [[...stacks.keys()], now],
  );
  for (const { rule_set } of used) stacks.delete(rule_set);
  if (stacks.size === 0) return wanted;
  if (compile === 'when_few' && stacks.size * (await countProducts(ctx)) > COMPILED_AT_ONCE) {
    const isReady = ({ segments }: Wanted) => segments.every(({ ruleSet }) => !stacks.has(ruleSet));
    const later = wanted.filter((each) => !isReady(each));
    await ctx.enqueue(em, 'assign-prices', { resellerIds: later.map(({ id }) => id), lowerLocks });
    return wanted.filter(isReady);
  }
  const catalogue = await loadCatalogue(em);
  if (!catalogue) return wanted;
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
  await em.execute('update rule_set set behind = false where hash in (?) and behind', [ruleSets]);
  await setCurrent(
    em,
    now,
    ruleSets.map((ruleSet, at) => [ruleSet, lists[at] ?? '']),
  );
  return wanted;
}

async function countProducts({ em }: ServiceContext): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(
    'select count(*)::int as n from catalogue_product where removed_at is null',
  );
  return row?.n ?? 0;
}

interface Held {
  reseller_id: string;
  rule_set: string;
  valid_until: string | null;
}

/** Moves the pointers of those for whom something changes, and answers who they are. */
async function replaceSegments({ em, now }: ServiceContext, wanted: Wanted[]): Promise<string[]> {
  const all: string[] = [];
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const found = await em.execute<Held[]>(
      `select reseller_id, rule_set, valid_until from price_assignment
        where reseller_id in (?) and replaced_at is null and (valid_until is null or valid_until > ?) order by valid_from`,
      [batch.map(({ id }) => id), now],
    );
    const held = Map.groupBy(found, (row) => row.reseller_id);
    const moved = batch.filter(({ id, segments }) => !isHeld(held.get(id) ?? [], segments));
    if (moved.length === 0) continue;
    all.push(...moved.map(({ id }) => id));
    await em.execute('update price_assignment set replaced_at = ? where reseller_id in (?) and replaced_at is null', [
      now,
      moved.map(({ id }) => id),
    ]);
    const rows = moved.flatMap(({ id, segments }) =>
      segments.map(({ ruleSet, from, until }) => ({ id, ruleSet, from, until })),
    );
    await em.execute(
      `insert into price_assignment (reseller_id, rule_set, valid_from, valid_until)
       select x.id, x."ruleSet", x."from", x.until
         from jsonb_to_recordset(?::jsonb) as x(id text, "ruleSet" text, "from" timestamptz, until timestamptz)
         join rule_set s on s.hash = x."ruleSet" order by x.id, x."from"`,
      [JSON.stringify(rows)],
    );
  }
  return all;
}

function isHeld(held: Held[], segments: Segment[]): boolean {
  return (
    held.length === segments.length &&
    held.every((row, index) => {
      const segment = segments[index];
      return segment && row.rule_set === segment.ruleSet && time(row.valid_until) === time(segment.until);
    })
  );
}

function time(value: string | Date | null): number | null {
  return value === null ? null : new Date(value).getTime();
}
