import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { Application } from './entity.ts';

/** The host's client that acts. @throws forbidden for everybody else */
export function actingClient({ actor }: ServiceContext): { hostClientId: string } {
  if (actor.kind !== 'client' || actor.hostClientId === '')
    throw new ServiceError('forbidden', 'Only a client who is no reseller yet can do this.');
  return { hostClientId: actor.hostClientId };
}

/** The acting client's latest application, or null. */
export function findOwn(ctx: ServiceContext): Promise<Application | null> {
  return ctx.em.findOne(Application, actingClient(ctx), { orderBy: { createdAt: 'desc', id: 'desc' } });
}

/** The acting client's latest application, locked for a change. @throws not_found */
export async function lockOwn(ctx: ServiceContext): Promise<Application> {
  const latest = await findOwn(ctx);
  const own = latest && (await lock(ctx, latest.id));
  if (!own) throw new ServiceError('not_found', 'You have no application. Begin one first.');
  return own;
}

/** An application as reviewers see them (drafts are private), locked for a change. @throws not_found */
export async function lockForReview(ctx: ServiceContext, id: string): Promise<Application> {
  const application = await lock(ctx, id);
  if (!application || application.status === 'draft') throw unknownApplication();
  return application;
}

/** An application as reviewers see them. @throws not_found */
export async function findForReview({ em }: ServiceContext, id: string): Promise<Application> {
  const application = await em.findOne(Application, { id, status: { $ne: 'draft' } });
  if (!application) throw unknownApplication();
  return application;
}

function lock({ em }: ServiceContext, id: string): Promise<Application | null> {
  return em.findOne(Application, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

function unknownApplication(): ServiceError {
  return new ServiceError('not_found', 'There is no application with this id.');
}
