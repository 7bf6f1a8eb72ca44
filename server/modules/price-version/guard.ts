import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { readGuard } from './risks.ts';

/** The limits beyond which publishing asks a second time, in basis points. */
export const getGuard = verb({
  procedure: 'prices.guard',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({}),
  run: ({ em }) => readGuard(em),
});

/**
 * Sets the limits: a line's change, the part of all lines that change, and the change of the monthly sum of running
 * services. Basis points, so 1000 is 10 %. Previews made before keep what they were measured by. @throws conflict
 */
export const setGuard = verb({
  procedure: 'prices.setGuard',
  permission: 'prices:publish',
  mode: 'write',
  input: z.object({
    version: z.int(),
    lineBp: z.int().min(1).max(1_000_000),
    linesBp: z.int().min(1).max(10_000),
    monthlyBp: z.int().min(1).max(1_000_000),
  }),
  run: async (ctx, { version, ...limits }) => {
    const before = await readGuard(ctx.em, { lock: true });
    if (before.version !== version) {
      throw new ServiceError('version_mismatch', 'Somebody changed the limits meanwhile. Load them again.', '/version');
    }
    await ctx.em.execute(
      'update price_guard set line_bp = ?, lines_bp = ?, monthly_bp = ?, version = version + 1 where id = 1',
      [limits.lineBp, limits.linesBp, limits.monthlyBp],
    );
    const after = await readGuard(ctx.em);
    record(ctx, {
      action: 'price_guard.changed',
      subject: { type: 'price_guard', id: '1' },
      resellerId: null,
      before,
      after,
    });
    return after;
  },
});
