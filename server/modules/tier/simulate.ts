import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { startTask } from '../task/start.ts';
import { tierRules } from './rules.ts';
import { tierInput } from './schemas.ts';

/** Kind of the task that simulates. */
export const SIMULATE = 'tiers.simulate';

/** Other rules and thresholds: tiers by id as they would be, from lowest to highest. */
export const simulationInput = z.object({
  rules: tierRules,
  tiers: z
    .array(tierInput.extend({ id: z.string().max(60) }))
    .min(1)
    .max(100)
    .refine((tiers) => new Set(tiers.map(({ id }) => id)).size === tiers.length, 'name each tier once'),
});

/**
 * Begins a task that works out what other rules would do: who would move today, and who would have moved in each month of
 * the last year. It reads and answers; no reseller, tier or rule changes.
 */
export const simulateTiers = verb({
  procedure: 'tiers.simulate',
  permission: 'tiers:write',
  mode: 'write',
  input: simulationInput,
  run: async (ctx, input) => {
    const task = await startTask(ctx, { kind: SIMULATE, permission: 'tiers:write', input, resellerId: null });
    record(ctx, {
      action: 'tiers.simulated',
      subject: { type: 'task', id: task.id },
      resellerId: null,
      after: { rules: input.rules },
    });
    await ctx.em.flush();
    return task;
  },
});
