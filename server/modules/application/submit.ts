import { z } from 'zod';
import type { HostAccount } from '../reseller/admit.ts';
import { HostError } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { Programme } from '../programme/entity.ts';
import { readAccount } from '../reseller/admit.ts';
import { loadSettings } from '../settings/load.ts';
import { approveByItself } from './approve-by-itself.ts';
import { ApplicationSubmission } from './entity.ts';
import { clientFacts } from './facts.ts';
import { fillIn } from './fill-in.ts';
import { findMatches } from './find-matches.ts';
import { currentForm } from './form.ts';
import { actingClient, lockOwn } from './load.ts';
import { whyClosed } from './may-apply.ts';
import { readAnswers } from './read-answers.ts';
import { ownRow } from './row.ts';
import { answersInput } from './schemas.ts';
import { recordStep, requireStep, requireVersion, takeStep } from './take-step.ts';

/**
 * Sends the draft: complete answers, a look for like records, the host's facts, and the queue; or, where the settings say
 * so and every condition holds, approval at once. A host that cannot be asked never keeps anybody from applying.
 * @throws not_found (no draft), conflict (sent already, edited elsewhere, form changed), bad_input with the field,
 * programme_off
 */
export const submitApplication = verb({
  procedure: 'application.submit',
  permission: 'applications:apply',
  mode: 'write',
  input: z.object({
    version: z.int(),
    /** The form that was on screen: its consents are what was agreed to. */
    formVersion: z.int(),
    answers: answersInput,
  }),
  prepare: (ctx) => accountIfReachable(ctx, actingClient(ctx).hostClientId),
  run: async (ctx, input, account) => {
    const { em, now } = ctx;
    const own = await lockOwn(ctx);
    requireStep(ctx, own, 'submit');
    requireVersion(ctx, own, input.version);
    const closed = await whyClosed(ctx, {
      hostClientId: own.hostClientId,
      country: account?.client.country ?? null,
      latest: own,
    });
    if (closed) throw closed;
    const form = await currentForm(em);
    if (form.version !== input.formVersion)
      throw new ServiceError(
        'conflict',
        'The form changed meanwhile. Look through it again and send it.',
        '/formVersion',
      );
    const client = account?.client ?? { country: own.country ?? null, name: own.applicantName, company: null };
    if (account) Object.assign(own, { applicantName: account.client.name, applicantEmail: account.client.email });
    fillIn(own, form, readAnswers(form.fields, input.answers, { complete: true, country: client.country }), client);
    takeStep(ctx, own, 'submit');
    own.submittedAt = now;
    own.waitingSince = now;
    const { billingZone } = await em.findOneOrFail(Programme, 1);
    own.facts = account && clientFacts(account, now, billingZone);
    em.persist(em.create(ApplicationSubmission, { applicationId: own.id, number: 1, at: now, answers: own.answers }));
    recordStep(ctx, own, {
      action: 'application.submitted',
      before: { status: 'draft' },
      after: { formVersion: form.version },
      event: {},
    });
    await em.flush();
    await findMatches(ctx, own);
    const { automatic } = await loadSettings(em, 'applications');
    if (automatic.mode !== 'off' && account) await approveByItself(ctx, own, account, automatic);
    await em.flush();
    return ownRow(own, form.fields);
  },
});

async function accountIfReachable({ host, log }: ServiceContext, hostClientId: string): Promise<HostAccount | null> {
  try {
    return await readAccount(host, hostClientId);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    log.warn({ error: error.message }, 'application without facts of the host');
    return null;
  }
}
