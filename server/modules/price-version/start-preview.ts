import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { basisOf } from './basis.ts';
import { PricePreview } from './entity.ts';
import { changesOf, loadForChange } from './find.ts';
import { judge, loadBase } from './judge.ts';
import { previewRow } from './preview-row.ts';

/**
 * Has a job work out what a draft would do. The answer comes at once; ask prices.preview for progress and figures, from
 * any screen and at any time. One that is up to date, or being made, is not made again. @throws not_found, conflict, bad_input
 */
export const startPreview = verb({
  procedure: 'prices.startPreview',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int() }),
  run: async (ctx, { id, version }) => {
    const { em, now, actor } = ctx;
    const draft = await loadForChange(ctx, id, version);
    const changes = await changesOf(em, id);
    if (changes.length === 0) throw new ServiceError('bad_input', 'This draft changes nothing yet.');
    const [error] = judge(await loadBase(em, draft, now), changes);
    if (error) throw new ServiceError('bad_input', error.message, `/${error.kind}/${error.id}${error.path}`);
    const basis = await basisOf(em, draft);
    const known = await em.findOne(PricePreview, { versionId: id, basis, state: { $ne: 'failed' } });
    if (known) return previewRow(known, basis);
    const preview = em.create(PricePreview, {
      id: newId('ppv'),
      versionId: id,
      basis,
      state: 'waiting',
      stepsDone: 0,
      steps: null,
      summary: null,
      error: null,
      startedBy: actor.id,
      startedAt: now,
      finishedAt: null,
    });
    record(ctx, {
      action: 'price_version.preview_started',
      subject: { type: 'price_version', id },
      resellerId: null,
      after: { preview: preview.id },
    });
    await em.flush();
    await ctx.enqueue(em, 'preview-prices', { previewId: preview.id });
    return previewRow(preview, basis);
  },
});
