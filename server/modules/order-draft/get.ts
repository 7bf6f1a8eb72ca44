import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { OrderDraft } from './entity.ts';
import { draftRows } from './row.ts';

/** One draft, with the order when one became of it. @throws not_found */
export const getDraft = verb({
  procedure: 'drafts.get',
  permission: 'orders:write',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const draft = await ctx.em.findOne(OrderDraft, { id, resellerId: actingReseller(ctx) });
    if (!draft) throw new ServiceError('not_found', 'There is no draft with this id.');
    const [row] = await draftRows(ctx.em, [draft]);
    return row!;
  },
});
