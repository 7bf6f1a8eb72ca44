import type { ServiceContext } from '../../context.ts';
import { z } from 'zod';
import { assignPrices } from './assign.ts';
import { compileLists } from './compile-list.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { loadTimeline, type Timeline } from './timeline.ts';
import { readTerms, type ResellerTerms, StackMaker } from './wanted-segments.ts';

const job = z.object({ resellerIds: z.array(z.string()).nullable(), lowerLocks: z.boolean().default(false) });

/**
 * Gives resellers the prices that their rules ask for now: the job behind changes that need many products compiled. The
 * compiling happens before the transaction, so that nobody waits for its locks; what changed meanwhile is compiled in it.
 */
export async function assignPricesLater(ctx: ServiceContext, data: unknown): Promise<void> {
  const { resellerIds, lowerLocks } = job.parse(data);
  const em = ctx.em.fork();
  await compileAhead({ ...ctx, em }, await loadTimeline(em), await readTerms(em, resellerIds));
  await ctx.em.fork().transactional(async (inner) => {
    await assignPrices({ ...ctx, em: inner }, resellerIds, { compile: 'here', lowerLocks });
  });
}

/** Compiles what these resellers will need, outside of any transaction: chunks and lists are named by their content. */
export async function compileAhead(ctx: ServiceContext, timeline: Timeline, terms: ResellerTerms[]): Promise<void> {
  const { em, now, prices } = ctx;
  const maker = new StackMaker(timeline);
  const segments = terms.flatMap((each) => maker.segments(each, now));
  const stacks = new Map(segments.map(({ ruleSet, stack }) => [ruleSet, stack]));
  const used = await em.execute<{ rule_set: string }[]>(
    'select distinct rule_set from price_assignment where replaced_at is null and (valid_until is null or valid_until > ?)',
    [now],
  );
  for (const { rule_set } of used) stacks.delete(rule_set);
  const catalogue = stacks.size === 0 ? null : await loadCatalogue(em);
  if (!catalogue) return;
  await compileLists(
    em,
    prices,
    { meta: catalogue, products: catalogue.products, removed: [] },
    [...stacks.values()].map((stack) => ({ stack, previous: null })),
    { chunks: 0, pages: 0, lists: 0 },
  );
}
