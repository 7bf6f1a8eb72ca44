import { z } from 'zod';
import { verb } from '../../verb.ts';
import { loadSettings } from '../settings/load.ts';
import { lockForReview } from './load.ts';
import { reviewRow } from './row.ts';
import { internalNote, message } from './schemas.ts';
import { settle } from './settle.ts';
import { requireStep, requireVersion } from './take-step.ts';
import { write } from './write.ts';

const DAY_MS = 86_400_000;

/** What a rejection needs beside the application: one or many are rejected with the same words. */
export const rejection = z.object({
  /** The applicant sees it. */
  message,
  /** For the log: why, in a few words. */
  reason: z.string().trim().min(1, 'enter the reason').max(500),
  note: internalNote,
});

/** Rejects with a message to the applicant, who may apply again after the wait of the settings. @throws not_found, conflict */
export const rejectApplication = verb({
  procedure: 'applications.reject',
  permission: 'applications:review',
  mode: 'write',
  input: rejection.extend({ id: z.string().max(60), version: z.int() }),
  run: async (ctx, input) => {
    const application = await lockForReview(ctx, input.id);
    requireStep(ctx, application, 'reject');
    requireVersion(ctx, application, input.version);
    const { reapplyDays } = await loadSettings(ctx.em, 'applications');
    application.reapplyAt = new Date(ctx.now.getTime() + reapplyDays * DAY_MS);
    const { reason, message: words, note } = input;
    settle(ctx, application, {
      step: 'reject',
      automatic: false,
      reason,
      message: words,
      resellerId: null,
      terms: null,
    });
    write(ctx, application, 'message', words);
    write(ctx, application, 'note', note);
    await ctx.em.flush();
    return reviewRow(application);
  },
});
