import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { basisOf } from './basis.ts';
import { PricePreview } from './entity.ts';
import { findVersion } from './find.ts';
import { previewRow } from './preview-row.ts';

/** Progress and figures of a preview, also after it was left. @throws not_found */
export const getPreview = verb({
  procedure: 'prices.preview',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async ({ em }, { id }) => {
    const preview = await em.findOne(PricePreview, { id });
    if (!preview) throw new ServiceError('not_found', 'There is no such preview.', '/id');
    return previewRow(preview, await basisOf(em, await findVersion(em, preview.versionId)));
  },
});
