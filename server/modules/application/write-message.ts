import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { openStatuses } from './gates.ts';
import { lockForReview, lockOwn } from './load.ts';
import { message } from './schemas.ts';
import { recordStep } from './take-step.ts';
import { write } from './write.ts';

/** Writes to the applicant, or a note that only the team sees. Neither changes the application. @throws not_found */
export const writeMessage = verb({
  procedure: 'applications.write',
  permission: 'applications:review',
  mode: 'write',
  input: z.object({ id: z.string().max(60), kind: z.enum(['message', 'note']), body: message }),
  run: async (ctx, { id, kind, body }) => {
    const application = await lockForReview(ctx, id);
    write(ctx, application, kind, body);
    recordStep(ctx, application, {
      action: kind === 'note' ? 'application.note_written' : 'application.message_sent',
      event: kind === 'note' ? null : { message: body },
    });
    return { written: true };
  },
});

/** Writes to the provider about the own application, while it is not decided. @throws not_found, conflict */
export const writeToProvider = verb({
  procedure: 'application.write',
  permission: 'applications:apply',
  mode: 'write',
  input: z.object({ body: message }),
  run: async (ctx, { body }) => {
    const own = await lockOwn(ctx);
    const open: readonly string[] = openStatuses;
    if (own.status === 'draft' || !open.includes(own.status))
      throw new ServiceError(
        'conflict',
        'This application is not under review. Write to the provider’s support instead.',
      );
    write(ctx, own, 'message', body);
    recordStep(ctx, own, { action: 'application.message_received', event: {} });
    return { written: true };
  },
});
