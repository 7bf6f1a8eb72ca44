import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { WebhookEndpoint } from './entity.ts';

/** An endpoint that the actor may see. @throws not_found, also for one of somebody else */
export async function findEndpoint(ctx: ServiceContext, id: string, lock = false): Promise<WebhookEndpoint> {
  const found = await ctx.em.findOne(
    WebhookEndpoint,
    { id, ...ownRows(ctx) },
    lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {},
  );
  if (!found) throw new ServiceError('not_found', 'There is no webhook endpoint with this id.');
  return found;
}

/** @throws version_mismatch when the actor saw an older state */
export function checkVersion(endpoint: WebhookEndpoint, version: number): void {
  if (endpoint.version !== version)
    throw new ServiceError(
      'version_mismatch',
      'Somebody changed this endpoint meanwhile. Load it again and repeat your change.',
    );
}

/** @throws conflict when nothing is sent to it */
export function requireActive(endpoint: WebhookEndpoint): void {
  if (!endpoint.active) throw new ServiceError('conflict', 'This endpoint is switched off. Switch it on first.');
}
