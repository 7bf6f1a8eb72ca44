import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Notice } from './entity.ts';
import { noticeRow } from './row.ts';

/** Notes that the reseller has read a notice; a second time changes nothing. @throws not_found */
export const markNoticeRead = verb({
  procedure: 'notices.markRead',
  permission: 'profile:read',
  mode: 'write',
  whileHeldBack: true,
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const resellerId = actingReseller(ctx);
    const notice = await ctx.em.findOne(Notice, { id, resellerId });
    if (!notice) throw new ServiceError('not_found', 'There is no notice with this id.');
    if (!notice.readAt) {
      notice.readAt = ctx.now;
      record(ctx, { action: 'notice.read', subject: { type: 'notice', id }, resellerId });
      await ctx.em.flush();
    }
    return noticeRow(ctx, notice);
  },
});
