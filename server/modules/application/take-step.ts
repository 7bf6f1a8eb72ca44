import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { record } from '../activity/record.ts';
import { changedBy } from '../settings/changed-by.ts';
import type { Application } from './entity.ts';
import { type ApplicationStep, gates } from './gates.ts';

/** @throws conflict when the application is in a state from which this step does not go; says who did what, and when */
export function requireStep(ctx: ServiceContext, application: Application, step: ApplicationStep): void {
  const from: readonly string[] = gates[step].from;
  if (!from.includes(application.status)) throw changedMeanwhile(ctx, application, 'conflict');
}

/** @throws version_mismatch when somebody changed the application since the caller saw it */
export function requireVersion(ctx: ServiceContext, application: Application, version: number): void {
  if (application.version !== version) throw changedMeanwhile(ctx, application, 'version_mismatch');
}

/** Moves the application on; what else the step changes is the caller's. @throws conflict */
export function takeStep(ctx: ServiceContext, application: Application, step: ApplicationStep): void {
  requireStep(ctx, application, step);
  application.status = gates[step].to;
  application.lastChange = { step, by: changedBy(ctx), at: ctx.now.toISOString() };
  application.updatedAt = ctx.now;
}

/**
 * Notes the step in the activity log, without answers and notes: the log cannot forget, and they must be erasable. The
 * event is for the applicant's notices; it never holds what is for the team.
 */
export function recordStep(
  ctx: ServiceContext,
  application: Application,
  entry: { action: string; before?: unknown; after?: object; event?: Record<string, unknown> | null },
): void {
  const { id, hostClientId, applicantEmail, businessName, status } = application;
  record(ctx, {
    action: entry.action,
    subject: { type: 'application', id },
    resellerId: null,
    before: entry.before,
    after: { status, ...entry.after },
    ...(entry.event === null
      ? {}
      : {
          event: {
            applicationId: id,
            hostClientId,
            email: applicantEmail,
            company: businessName,
            status,
            ...entry.event,
          },
        }),
  });
}

function changedMeanwhile(
  { actor }: ServiceContext,
  { lastChange: { step, by, at } }: Application,
  code: 'conflict' | 'version_mismatch',
): ServiceError {
  // An applicant is not told which person at the provider's did it.
  const who = actor.kind === 'client' && by.kind !== 'client' ? 'The provider' : by.name;
  const told = step === 'assign' ? 'assigned' : step === 'draft' ? 'saved' : gates[step].told;
  return new ServiceError(code, `${who} ${told} this application on ${at}. Load it again.`, '/version');
}
