import { z } from 'zod';
import { verb } from '../../verb.ts';
import { namesOfActors } from '../activity/names.ts';
import { basisOf } from './basis.ts';
import { PricePreview } from './entity.ts';
import { changesOf, findVersion } from './find.ts';
import { judge, loadBase } from './judge.ts';
import { previewRow } from './preview-row.ts';
import { versionRow } from './row.ts';

/**
 * One version with what stands in the way of publishing it, its latest preview (outdated when draft, rules or catalogue
 * changed since), and how many orders were priced while it was live. @throws not_found
 */
export const getVersion = verb({
  procedure: 'prices.version',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async ({ em, now }, { id }) => {
    const version = await findVersion(em, id);
    const changes = await changesOf(em, id);
    const isDraft = version.state === 'draft';
    const preview = await em.findOne(PricePreview, { versionId: id }, { orderBy: { startedAt: 'desc', id: 'desc' } });
    const basis = isDraft ? await basisOf(em, version) : (preview?.basis ?? '');
    const [orders] = version.appliedAt
      ? await em.execute<{ n: number }[]>(
          'select count(*)::int as n from reseller_order where placed_at >= ? and placed_at < ?',
          [version.appliedAt, version.endedAt ?? now],
        )
      : [];
    const name = await namesOfActors(em, [version.publishedBy, version.updatedBy]);
    return {
      ...versionRow(version, changes.length),
      /** By name. */
      lastBy: name(version.updatedBy),
      publisher: version.publishedBy ? name(version.publishedBy) : null,
      errors: isDraft ? judge(await loadBase(em, version, now), changes) : [],
      preview: preview && previewRow(preview, basis),
      orders: orders?.n ?? 0,
    };
  },
});
