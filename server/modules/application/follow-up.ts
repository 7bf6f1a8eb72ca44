import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { loadSettings } from '../settings/load.ts';
import { Application } from './entity.ts';
import { recordStep, takeStep } from './take-step.ts';

const DAY_MS = 86_400_000;

/**
 * What time does to applications: a request nobody answers is repeated once, then closed. Each application is a
 * transaction of its own, so that one that fails keeps no other back; safe to run again and beside another process.
 */
export async function followUpApplications(ctx: ServiceContext): Promise<{ reminded: number; expired: number }> {
  const { remindAfterDays } = await loadSettings(ctx.em.fork(), 'applications');
  const due = await ctx.em.fork().execute<{ id: string }[]>(
    `select id from application where status = 'info_requested'
        and ((request->>'expiresAt')::timestamptz <= ? or (reminded_at is null and waiting_since <= ?)) order by waiting_since`,
    [ctx.now, before(ctx, remindAfterDays)],
  );
  const done = { reminded: 0, expired: 0 };
  for (const { id } of due) {
    await ctx.em.fork().transactional(async (em) => {
      const inside = { ...ctx, em };
      const application = await em.findOne(Application, { id }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
      // Answered, withdrawn or taken by another process meanwhile.
      if (application?.status !== 'info_requested' || !application.request) return;
      if (new Date(application.request.expiresAt) <= ctx.now) {
        expire(inside, application);
        done.expired += 1;
      } else if (application.remindedAt === null && application.waitingSince <= before(ctx, remindAfterDays)) {
        remind(inside, application);
        done.reminded += 1;
      }
    });
  }
  return done;
}

function expire(ctx: ServiceContext, application: Application): void {
  takeStep(ctx, application, 'expire');
  application.decidedAt = ctx.now;
  recordStep(ctx, application, { action: 'application.expired', before: { status: 'info_requested' }, event: {} });
}

function remind(ctx: ServiceContext, application: Application): void {
  application.remindedAt = ctx.now;
  const { message, expiresAt } = application.request!;
  recordStep(ctx, application, { action: 'application.reminded', event: { message, expiresAt } });
}

function before({ now }: ServiceContext, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
