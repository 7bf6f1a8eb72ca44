import type { ServiceContext } from '../../context.ts';
import { loadSettings } from '../settings/load.ts';
import { Application, ApplicationMessage, ApplicationSubmission } from './entity.ts';
import { recordStep } from './take-step.ts';

const DAY_MS = 86_400_000;

/**
 * Keeps the retention of the settings: drafts nobody touches go, and applications that came to nothing lose their
 * personal data. What stays is that there was one, when, and how it ended. Approved ones belong to a reseller's record.
 */
export async function forgetApplications(ctx: ServiceContext): Promise<{ drafts: number; erased: number }> {
  const { draftDays, applicationDays } = await loadSettings(ctx.em.fork(), 'retention');
  const ago = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
  const drafts = draftDays === null ? [] : await due(ctx, { status: 'draft', updatedAt: { $lte: ago(draftDays) } });
  const ended =
    applicationDays === null
      ? []
      : await due(ctx, {
          status: { $in: ['rejected', 'withdrawn', 'expired'] },
          decidedAt: { $lte: ago(applicationDays) },
          applicantEmail: { $ne: '' },
        });
  for (const id of drafts) await each(ctx, id, drop);
  for (const id of ended) await each(ctx, id, erase);
  return { drafts: drafts.length, erased: ended.length };
}

/** Takes the personal data out of every application of a client, in the caller's transaction: for who is erased as a whole. */
export async function eraseApplicationsOf(ctx: ServiceContext, hostClientId: string): Promise<void> {
  for (const application of await ctx.em.find(Application, { hostClientId })) await erase(ctx, application);
}

/** At most this many in one run; the next one goes on. */
const BATCH = 500;

async function due(ctx: ServiceContext, filter: object): Promise<string[]> {
  const found = await ctx.em.fork().find(Application, filter, { limit: BATCH, orderBy: { id: 'asc' } });
  return found.map(({ id }) => id);
}

async function each(ctx: ServiceContext, id: string, work: (ctx: ServiceContext, one: Application) => Promise<void>) {
  await ctx.em.fork().transactional(async (em) => {
    const application = await em.findOne(Application, id);
    if (application) await work({ ...ctx, em }, application);
  });
}

async function drop(ctx: ServiceContext, draft: Application): Promise<void> {
  recordStep(ctx, draft, { action: 'application.draft_removed', event: null });
  ctx.em.remove(draft);
}

async function erase(ctx: ServiceContext, application: Application): Promise<void> {
  const { em } = ctx;
  await em.nativeDelete(ApplicationSubmission, { applicationId: application.id });
  await em.nativeDelete(ApplicationMessage, { applicationId: application.id });
  Object.assign(application, {
    answers: {},
    applicantName: '',
    applicantEmail: '',
    businessName: '',
    facts: null,
    request: null,
    taxKey: null,
    registrationKey: null,
    phoneKey: null,
    nameKey: null,
    domainKeys: [],
    decision: application.decision && { ...application.decision, reason: null, message: null },
  });
  recordStep(ctx, application, { action: 'application.erased', event: null });
}
