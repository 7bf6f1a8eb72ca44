import { z } from 'zod';
import { verb } from '../../verb.ts';
import { Programme } from '../programme/entity.ts';
import { Tier } from './entity.ts';

/** The tiers from lowest to highest, and the programme's rate that an empty one inherits. */
export const listTiers = verb({
  procedure: 'tiers.list',
  permission: 'tiers:read',
  mode: 'read',
  input: z.object({}),
  run: async ({ em }) => {
    const [tiers, programme] = await Promise.all([
      em.find(Tier, {}, { orderBy: { position: 'asc' } }),
      em.findOneOrFail(Programme, 1),
    ]);
    return {
      rows: tiers.map(({ id, name, position, discountBp }) => ({ id, name, position, discountBp })),
      programmeDiscountBp: programme.discountBp,
    };
  },
});
