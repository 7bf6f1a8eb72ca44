import type { ServiceContext } from '../../context.ts';
import { arrivalFigures } from './arrival-figures.ts';
import { countFigures } from './count-figures.ts';
import { distributionFigures } from './distribution-figures.ts';
import { outstandingFigures } from './outstanding-figures.ts';
import { rankedRanges, rankingFigures, type RankedRange } from './ranking-figures.ts';
import { catchUp } from '../figures/catch-up.ts';

type Rankings = {
  [Range in RankedRange as `ranking:${Range}`]: () => ReturnType<typeof rankingFigures>;
};

/** Everything that can only be said by looking at all resellers: made by a job, so that a dashboard never does. */
function figures(ctx: ServiceContext) {
  const rankings = Object.fromEntries(
    rankedRanges.map((range) => [`ranking:${range}`, () => rankingFigures(ctx, range)]),
  ) as unknown as Rankings;
  return {
    arrivals: () => arrivalFigures(ctx),
    counts: () => countFigures(ctx),
    distribution: () => distributionFigures(ctx),
    outstanding: () => outstandingFigures(ctx),
    ...rankings,
  };
}
type Figures = ReturnType<typeof figures>;
export type FigureKey = keyof Figures;
type Body<Key extends FigureKey> = Awaited<ReturnType<Figures[Key]>>;

/** A figure with its moment; made at once when no job has made it yet. */
export async function readFigure<Key extends FigureKey>(
  ctx: ServiceContext,
  key: Key,
): Promise<{ asOf: string; body: Body<Key> }> {
  const [row] = await ctx.em.execute<{ as_of: string; body: Body<Key> }[]>(
    'select as_of, body from network_figure where key = ?',
    [key],
  );
  if (row) return { asOf: new Date(row.as_of).toISOString(), body: row.body };
  await catchUp(ctx.em);
  return { asOf: ctx.now.toISOString(), body: (await figures(ctx)[key]()) as Body<Key> };
}

/** Makes every figure anew. The oldest first, each in a transaction of its own: a failing one does not keep the others. */
export async function refreshFigures(ctx: ServiceContext): Promise<void> {
  await catchUp(ctx.em);
  for (const [key, make] of Object.entries(figures(ctx))) {
    await ctx.em.execute(
      `insert into network_figure as f (key, as_of, body) values (?, ?, ?::jsonb)
       on conflict (key) do update set as_of = excluded.as_of, body = excluded.body where f.as_of <= excluded.as_of`,
      [key, ctx.now, JSON.stringify(await make())],
    );
  }
}
