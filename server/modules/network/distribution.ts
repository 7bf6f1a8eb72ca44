import { z } from 'zod';
import { verb } from '../../verb.ts';
import { readFigure } from './figure.ts';

/** How services and customers are spread over resellers, products and states, as of `asOf`. */
export const distributionOfNetwork = verb({
  procedure: 'network.distribution',
  permission: 'network:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { asOf, body } = await readFigure(ctx, 'distribution');
    return { asOf, ...body };
  },
});
