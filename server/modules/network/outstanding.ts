import { z } from 'zod';
import { verb } from '../../verb.ts';
import { readFigure } from './figure.ts';

/** What is unpaid by age and reseller, with how each one pays, as of `asOf`. */
export const outstandingOfNetwork = verb({
  procedure: 'network.outstanding',
  permission: 'network:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { asOf, body } = await readFigure(ctx, 'outstanding');
    return { asOf, ...body };
  },
});
