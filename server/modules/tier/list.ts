import { z } from 'zod';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Programme } from '../programme/entity.ts';
import { loadLadder } from './ladder.ts';
import { tierRow } from './schemas.ts';

/** The tiers from lowest to highest with their thresholds, the rules, and the programme's rate that an empty one inherits. */
export const listTiers = verb({
  procedure: 'tiers.list',
  permission: 'tiers:read',
  mode: 'read',
  input: z.object({}),
  run: async ({ em }) => {
    const { tiers, rules } = await loadLadder(em);
    const programme = await em.findOneOrFail(Programme, 1);
    const digits = await digitsOf(em);
    return {
      rows: tiers.map((tier) => tierRow(tier, digits(rules.currency ?? ''))),
      rules,
      programmeDiscountBp: programme.discountBp,
    };
  },
});
