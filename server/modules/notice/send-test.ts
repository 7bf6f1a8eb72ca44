import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { providerName } from './collect.ts';
import { findSender } from './sender.ts';

/**
 * Sends a test mail the way notices go, and says which way that is. @throws conflict: no mail is set up, or it was not
 * taken, with the words of whoever refused it
 */
export const sendTestNotice = verb({
  procedure: 'notices.sendTest',
  permission: 'settings:write',
  mode: 'write',
  input: z.object({ to: z.email().max(320) }),
  prepare: async (ctx, { to }) => {
    const sender = await findSender(ctx);
    if (!sender) throw new ServiceError('conflict', NO_MAIL);
    const id = newId('not');
    const provider = await providerName(ctx);
    const text = `This is a test of the notices to resellers${provider && ` of ${provider}`}. If you can read it, they arrive.`;
    try {
      await sender.send({ id, hostClientId: null, to, subject: 'Test of notices to resellers', text });
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
      throw new ServiceError('conflict', `The mail was not taken: ${why}`, '/to');
    }
    return { id, through: sender.through };
  },
  run: async (ctx, { to }, { id, through }) => {
    record(ctx, {
      action: 'notice.tested',
      subject: { type: 'notice', id },
      resellerId: null,
      after: { to, through },
      internal: true,
    });
    await ctx.em.flush();
    return { id, to, through };
  },
});

/** What to do where mails cannot be sent at all. */
export const NO_MAIL = 'No mail is set up: set SMTP_URL, then try again. This host sends no notices by itself.';
