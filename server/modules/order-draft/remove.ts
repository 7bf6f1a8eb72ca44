import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { OrderDraft } from './entity.ts';

/** Deletes a draft. An order that became of it stays. @throws not_found */
export const removeDraft = verb({
  procedure: 'drafts.remove',
  permission: 'orders:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const draft = await em.findOne(OrderDraft, { id, resellerId });
    if (!draft) throw new ServiceError('not_found', 'There is no draft with this id.');
    record(ctx, {
      action: 'draft.deleted',
      subject: { type: 'draft', id },
      resellerId,
      before: { customerId: draft.customerId, lines: draft.content.lines.length },
    });
    em.remove(draft);
    await em.flush();
    return { id, deleted: true as const };
  },
});
