import { z } from 'zod';
import { verb } from '../../verb.ts';
import { readFigure } from './figure.ts';
import { rankedRanges } from './ranking-figures.ts';

/** Revenue per reseller and the top movers of a range, per currency, as of `asOf` (a minute old at most). */
export const rankResellers = verb({
  procedure: 'network.rankings',
  permission: 'network:read',
  mode: 'read',
  input: z.object({ range: z.enum(rankedRanges).default('30d') }),
  run: async (ctx, { range }) => {
    const { asOf, body } = await readFigure(ctx, `ranking:${range}`);
    return { asOf, ...body };
  },
});
