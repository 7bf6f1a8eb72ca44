import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { ApplicationSubmission } from './entity.ts';
import { fillIn } from './fill-in.ts';
import { findMatches } from './find-matches.ts';
import { formOf } from './form.ts';
import { lockOwn } from './load.ts';
import { readAnswers } from './read-answers.ts';
import { ownRow } from './row.ts';
import { answersInput, message } from './schemas.ts';
import { recordStep, requireStep, requireVersion, takeStep } from './take-step.ts';
import { write } from './write.ts';

/**
 * Answers a request for information: corrections of the marked fields, a reply, or both. The application is back in the
 * queue. @throws not_found, conflict, bad_input (a field that was not asked for, nothing answered)
 */
export const answerRequest = verb({
  procedure: 'application.answer',
  permission: 'applications:apply',
  mode: 'write',
  input: z.object({ version: z.int(), answers: answersInput.default({}), message: message.nullable().default(null) }),
  run: async (ctx, input) => {
    const { em, now } = ctx;
    const own = await lockOwn(ctx);
    requireStep(ctx, own, 'answer');
    requireVersion(ctx, own, input.version);
    const asked = own.request?.fields ?? [];
    const stray = Object.keys(input.answers).find((id) => !asked.includes(id));
    if (stray !== undefined)
      throw new ServiceError(
        'bad_input',
        `/answers/${stray}: only the marked answers can be changed`,
        `/answers/${stray}`,
      );
    if (Object.keys(input.answers).length === 0 && input.message === null)
      throw new ServiceError('bad_input', '/message: correct a marked answer, or write a reply', '/message');
    const form = await formOf(em, own.formVersion);
    const answers = readAnswers(
      form.fields,
      { ...own.answers, ...input.answers },
      { complete: true, country: own.country ?? null },
    );
    fillIn(own, form, answers, { country: own.country ?? null, name: own.applicantName, company: own.businessName });
    takeStep(ctx, own, 'answer');
    own.waitingSince = now;
    own.request = null;
    write(ctx, own, 'message', input.message);
    const number = (await em.count(ApplicationSubmission, { applicationId: own.id })) + 1;
    em.persist(em.create(ApplicationSubmission, { applicationId: own.id, number, at: now, answers }));
    recordStep(ctx, own, {
      action: 'application.answered',
      before: { status: 'info_requested' },
      after: { fields: Object.keys(input.answers), submission: number },
      event: {},
    });
    await em.flush();
    await findMatches(ctx, own);
    return ownRow(own, form.fields);
  },
});
