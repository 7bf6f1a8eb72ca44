import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { lockPrices } from '../price-list/lock.ts';
import { basisOf } from './basis.ts';
import { PricePreview, type PriceVersion } from './entity.ts';
import { changesOf, loadForChange } from './find.ts';
import { judge, loadBase } from './judge.ts';
import { versionRow, versionSnapshot } from './row.ts';
import type { PreviewSummary } from './schemas.ts';

const DAY_MS = 86_400_000;

/**
 * Publishes a draft for its moment, or for now. It needs a preview that is up to date; when that goes beyond a limit, or
 * a price is under a floor, the draft's name has to be given once more. A job compiles and ships the lists: orders are
 * priced by the old ones until then. Resellers whose prices change are told; running services that are to move cost
 * more only after the days of notice: a date for them that is sooner is refused. @throws not_found, conflict, bad_input
 */
export const publishVersion = verb({
  procedure: 'prices.publish',
  permission: 'prices:publish',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    /** The draft's name, typed once more: asked for when the preview names risks. */
    confirmName: z.string().max(100).nullable().default(null),
    reason: z.string().trim().max(2000).nullable().default(null),
  }),
  run: async (ctx, input) => {
    const { em, now, actor } = ctx;
    await lockPrices(em);
    const draft = await loadForChange(ctx, input.id, input.version);
    const before = versionSnapshot(draft);
    if (draft.effectiveAt && draft.effectiveAt <= now) {
      throw new ServiceError('conflict', 'The moment of this draft is over. Choose a later one, or none for now.');
    }
    const changes = await changesOf(em, draft.id);
    const [error] = judge(await loadBase(em, draft, now), changes);
    if (error) throw new ServiceError('conflict', error.message, `/${error.kind}/${error.id}${error.path}`);
    const { servicesUp } = await requirePreview(ctx, draft, input.confirmName);

    const effectiveAt = draft.effectiveAt ?? new Date(Math.floor(now.getTime() / 1000) * 1000);
    em.assign(draft, {
      number: await nextNumber(ctx),
      state: 'scheduled',
      effectiveAt,
      servicesFrom: servicesFrom(draft, effectiveAt, now, servicesUp > 0),
      reason: input.reason ?? draft.reason ?? null,
      publishedBy: actor.id,
      publishedAt: now,
      updatedBy: actor.id,
      updatedAt: now,
    });
    record(ctx, {
      action: 'price_version.published',
      subject: { type: 'price_version', id: draft.id },
      resellerId: null,
      before,
      after: { ...versionSnapshot(draft), number: draft.number },
      reason: draft.reason,
    });
    await em.flush();
    await ctx.enqueue(em, 'apply-price-versions');
    return versionRow(draft, changes.length);
  },
});

/** From when running services may cost more. @throws conflict for a date that leaves some of them without their notice */
function servicesFrom(draft: PriceVersion, effectiveAt: Date, now: Date, rises: boolean): Date | null {
  if (draft.running === 'keep') return null;
  const noticeOver = new Date(Math.max(effectiveAt.getTime(), now.getTime() + draft.noticeDays * DAY_MS));
  if (draft.running === 'next_renewal') return noticeOver;
  const date = draft.servicesFrom!;
  if (date < (rises ? noticeOver : effectiveAt)) {
    const message = rises
      ? `Some running services get dearer, and resellers are told ${draft.noticeDays} days before. Choose ${noticeOver.toISOString()} or later for them, or fewer days of notice.`
      : 'Running services cannot move before the new prices take effect. Choose a later date for them.';
    throw new ServiceError('conflict', message, '/servicesFrom');
  }
  return date;
}

/** The figures of the preview that is published on. @throws conflict without one, or without the name where it is asked for */
async function requirePreview(
  { em }: ServiceContext,
  draft: PriceVersion,
  confirmName: string | null,
): Promise<PreviewSummary> {
  const preview = await em.findOne(
    PricePreview,
    { versionId: draft.id, basis: await basisOf(em, draft), state: 'done' },
    { orderBy: { startedAt: 'desc' } },
  );
  if (!preview?.summary) {
    const message = 'Make a preview first: there is none of the draft, the rules and the catalogue as they are now.';
    throw new ServiceError('conflict', message, '/preview');
  }
  const { risks, largest } = preview.summary;
  if (risks.length === 0 || confirmName === draft.name) return preview.summary;
  const example = largest ? ` The largest change is ${largest.product}, ${largest.before} to ${largest.after}.` : '';
  const codes = risks.map(({ code }) => code).join(', ');
  const message = `This goes beyond your limits (${codes}).${example} Give the name "${draft.name}" to publish it.`;
  throw new ServiceError('conflict', message, '/confirmName');
}

async function nextNumber({ em }: ServiceContext): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>('select coalesce(max(number), 0) + 1 as n from price_version');
  return row?.n ?? 1;
}
