import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadForChange } from './find.ts';
import { countChanges, versionRow } from './row.ts';

/** Puts a draft away for good; it stays readable. @throws not_found, conflict */
export const discardDraft = verb({
  procedure: 'prices.discardDraft',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int() }),
  run: async (ctx, { id, version }) => {
    const draft = await loadForChange(ctx, id, version);
    ctx.em.assign(draft, { state: 'discarded', endedAt: ctx.now, updatedBy: ctx.actor.id, updatedAt: ctx.now });
    record(ctx, {
      action: 'price_version.discarded',
      subject: { type: 'price_version', id },
      resellerId: null,
      before: { state: 'draft' },
      after: { state: 'discarded' },
    });
    await ctx.em.flush();
    return versionRow(draft, (await countChanges(ctx.em, [id]))(id));
  },
});
