import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadSettings } from '../settings/load.ts';
import { PriceVersion } from './entity.ts';
import { versionRow, versionSnapshot } from './row.ts';

/** A new, empty draft of price changes. Nothing that resellers see changes before it is published. */
export const createDraft = verb({
  procedure: 'prices.createDraft',
  permission: 'prices:write',
  mode: 'write',
  input: z.object({ name: z.string().trim().min(1, 'give it a name').max(100) }),
  run: async (ctx, { name }) => {
    const draft = await startDraft(ctx, name);
    await ctx.em.flush();
    return versionRow(draft, 0);
  },
});

/** The draft with its activity entry, in the caller's transaction. Its notice is that of the settings until it is changed. */
export async function startDraft(
  ctx: ServiceContext,
  name: string,
  revertsTo: number | null = null,
): Promise<PriceVersion> {
  const { em, now, actor } = ctx;
  const { priceRiseDays } = await loadSettings(em, 'notices');
  const draft = em.create(PriceVersion, {
    id: newId('pvs'),
    number: null,
    name,
    state: 'draft',
    running: 'keep',
    noticeDays: priceRiseDays,
    effectiveAt: null,
    servicesFrom: null,
    reason: null,
    revertsTo,
    createdBy: actor.id,
    createdAt: now,
    updatedBy: actor.id,
    updatedAt: now,
    publishedBy: null,
    publishedAt: null,
    announcedAt: null,
    appliedAt: null,
    servicesMovedAt: null,
    endedAt: null,
    rules: null,
    version: 1,
  });
  em.persist(draft);
  record(ctx, {
    action: 'price_version.drafted',
    subject: { type: 'price_version', id: draft.id },
    resellerId: null,
    after: { ...versionSnapshot(draft), revertsTo },
  });
  return draft;
}
