import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { changedBy } from '../settings/changed-by.ts';
import { Application } from './entity.ts';
import { fillIn } from './fill-in.ts';
import { currentForm } from './form.ts';
import { actingClient, findOwn } from './load.ts';
import { whyClosed } from './may-apply.ts';
import { readAnswers } from './read-answers.ts';
import { readClient } from './read-client.ts';
import { ownRow } from './row.ts';
import { answersInput } from './schemas.ts';
import { recordStep, requireVersion } from './take-step.ts';

/**
 * Keeps what an applicant has typed so far, so that a lost page loses nothing. Answers may be incomplete. Only the first
 * saving is logged: a draft is saved every few seconds and is nobody else's business until it is sent.
 * @throws programme_off, forbidden (country), conflict (saved elsewhere, wait after a rejection), bad_input, host_unreachable
 */
export const saveDraft = verb({
  procedure: 'application.saveDraft',
  permission: 'applications:apply',
  mode: 'write',
  input: z.object({
    /** The version of the draft that was edited; null = there is none yet. */
    version: z.int().nullable(),
    answers: answersInput,
  }),
  prepare: async (ctx) => readClient(ctx, actingClient(ctx).hostClientId),
  run: async (ctx, input, client) => {
    const { em, now } = ctx;
    const latest = await findOwn(ctx);
    const closed = await whyClosed(ctx, { hostClientId: client.id, country: client.country, latest });
    if (closed) throw closed;
    const form = await currentForm(em);
    const answers = readAnswers(form.fields, input.answers, { complete: false, country: client.country });
    const held = latest?.status === 'draft' ? latest : null;
    if (latest && ['submitted', 'info_requested', 'answered', 'approved'].includes(latest.status))
      throw new ServiceError('conflict', 'You have an application under way already. Load the page again.');
    if (held) requireVersion(ctx, held, input.version ?? 0);
    else if (input.version !== null)
      throw new ServiceError('conflict', 'This draft is gone. Load the page again.', '/version');
    const draft =
      held ??
      em.create(Application, {
        id: newId('app'),
        hostClientId: client.id,
        applicantName: client.name,
        applicantEmail: client.email,
        status: 'draft',
        formVersion: form.version,
        answers: {},
        businessName: '',
        country: null,
        answered: 0,
        asked: 0,
        taxIdCheck: 'unchecked',
        taxKey: null,
        registrationKey: null,
        phoneKey: null,
        nameKey: null,
        domainKeys: [],
        facts: null,
        request: null,
        assignedTo: null,
        assignedName: null,
        decision: null,
        resellerId: null,
        lastChange: { step: 'draft', by: changedBy(ctx), at: now.toISOString() },
        createdAt: now,
        updatedAt: now,
        submittedAt: null,
        waitingSince: now,
        remindedAt: null,
        decidedAt: null,
        reapplyAt: null,
        version: 1,
      });
    fillIn(draft, form, answers, client);
    draft.updatedAt = now;
    if (!held) recordStep(ctx, draft, { action: 'application.drafted', event: null });
    await em.flush();
    return ownRow(draft, form.fields);
  },
});
