import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Notice } from './entity.ts';
import { noticeRow } from './row.ts';
import { NO_MAIL } from './send-test.ts';
import { findSender } from './sender.ts';

/** Has a notice sent that failed, or that was kept in the inbox before mail was set up. @throws not_found, conflict, host_unreachable */
export const retryNotice = verb({
  procedure: 'notices.retry',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  prepare: async (ctx) => (await findSender(ctx)) !== null,
  run: async (ctx, { id }, sends) => {
    const { em, now } = ctx;
    const notice = await em.findOne(Notice, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!notice) throw new ServiceError('not_found', 'There is no notice with this id.');
    if (!sends) throw new ServiceError('conflict', NO_MAIL);
    if (notice.state !== 'failed' && notice.state !== 'inbox') {
      throw new ServiceError('conflict', `This notice is ${notice.state}: there is nothing to try again.`);
    }
    record(ctx, {
      action: 'notice.retried',
      subject: { type: 'notice', id },
      resellerId: notice.resellerId ?? null,
      before: { state: notice.state, error: notice.error },
      after: { state: 'queued' },
      internal: true,
    });
    em.assign(notice, { state: 'queued', attempts: 0, nextAttemptAt: now, error: null });
    await em.flush();
    return noticeRow(ctx, notice);
  },
});
