import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { assignApplication, assignee } from './assign.ts';
import { rejectApplication, rejection } from './reject.ts';

const items = z
  .array(z.object({ id: z.string().max(60), version: z.int() }))
  .min(1, 'choose at least one application')
  .max(100);

/** Each for itself: what one is refused for does not keep the others back. */
async function each(chosen: z.output<typeof items>, work: (item: z.output<typeof items>[number]) => Promise<unknown>) {
  const results = [];
  for (const item of chosen) {
    try {
      await work(item);
      results.push({ id: item.id, done: true as const, refusal: null });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      results.push({ id: item.id, done: false as const, refusal: { code: error.code, message: error.message } });
    }
  }
  return { results };
}

/** Rejects several with the same message; answers for each what became of it. */
export const rejectApplications = verb({
  procedure: 'applications.rejectMany',
  permission: 'applications:review',
  mode: 'steps',
  input: rejection.extend({ items }),
  run: (ctx, { items: chosen, ...words }) => each(chosen, (item) => rejectApplication(ctx, { ...words, ...item })),
});

/** Assigns several to the same person; answers for each what became of it. */
export const assignApplications = verb({
  procedure: 'applications.assignMany',
  permission: 'applications:review',
  mode: 'steps',
  input: z.object({ items, to: assignee }),
  run: (ctx, { items: chosen, to }) => each(chosen, (item) => assignApplication(ctx, { ...item, to })),
});
