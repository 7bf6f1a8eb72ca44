import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { loadSettings } from '../settings/load.ts';
import { formOf } from './form.ts';
import { lockForReview } from './load.ts';
import { reviewRow } from './row.ts';
import { internalNote, message } from './schemas.ts';
import { recordStep, requireStep, requireVersion, takeStep } from './take-step.ts';
import { write } from './write.ts';

const DAY_MS = 86_400_000;

/**
 * Asks the applicant for more: which answers to correct, and a message. The application leaves the queue until they answer;
 * it is closed when they do not in time. @throws not_found, conflict, bad_input (no such field)
 */
export const askForInformation = verb({
  procedure: 'applications.ask',
  permission: 'applications:review',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    fields: z.array(z.string().max(40)).max(60).default([]),
    message,
    note: internalNote,
  }),
  run: async (ctx, input) => {
    const application = await lockForReview(ctx, input.id);
    requireStep(ctx, application, 'ask');
    requireVersion(ctx, application, input.version);
    const form = await formOf(ctx.em, application.formVersion);
    const at = input.fields.findIndex((id) => !form.fields.some((field) => field.id === id));
    if (at >= 0)
      throw new ServiceError('bad_input', `/fields/${at}: the applicant’s form has no such question`, `/fields/${at}`);
    const { expireAfterDays } = await loadSettings(ctx.em, 'applications');
    const before = { status: application.status };
    takeStep(ctx, application, 'ask');
    application.waitingSince = ctx.now;
    application.remindedAt = null;
    const fields = [...new Set(input.fields)];
    const expiresAt = new Date(ctx.now.getTime() + expireAfterDays * DAY_MS).toISOString();
    application.request = { fields, message: input.message, at: ctx.now.toISOString(), expiresAt };
    write(ctx, application, 'message', input.message);
    write(ctx, application, 'note', input.note);
    recordStep(ctx, application, {
      action: 'application.information_requested',
      before,
      after: { fields },
      event: { message: input.message, fields, expiresAt },
    });
    await ctx.em.flush();
    return reviewRow(application);
  },
});
