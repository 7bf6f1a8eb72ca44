import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { type ServiceContext, tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';
import { loadSettings } from '../settings/load.ts';
import { checkUrl, endpointUrl } from './address.ts';
import { WebhookEndpoint } from './entity.ts';
import { endpointDescription, endpointPace, endpointRow, eventChoice } from './row.ts';
import { newSecret } from './secret.ts';

/** Endpoints of the provider itself; a reseller may have as many as the settings say. Each costs a delivery per event. */
const OF_PROVIDER = 20;

/**
 * Makes an endpoint for the actor's own side; it gets events from now on. The secret is in the answer, once.
 * @throws bad_input (address), conflict (as many as there may be)
 */
export const createWebhook = verb({
  procedure: 'webhooks.create',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({
    url: endpointUrl,
    description: endpointDescription.default(''),
    events: eventChoice.default(['*']),
    active: z.boolean().default(true),
    perSecond: endpointPace.default(null),
  }),
  prepare: ({ webhooks }, { url }) => checkUrl(url, webhooks),
  run: async (ctx, input) => {
    const { em, now, webhooks } = ctx;
    const resellerId = tenantOf(ctx.actor);
    await keepNumber(ctx, resellerId);
    const id = newId('whk');
    const secret = newSecret();
    const endpoint = em.create(WebhookEndpoint, {
      id,
      resellerId,
      ...input,
      secret: webhooks.vault.seal(secret, id),
      oldSecret: null,
      oldSecretUntil: null,
      failingSince: null,
      holdUntil: null,
      offReason: null,
      createdAt: now,
      version: 1,
    });
    record(ctx, {
      action: 'webhook_endpoint.created',
      subject: { type: 'webhook_endpoint', id },
      resellerId,
      after: input,
    });
    await em.flush();
    return { ...endpointRow(endpoint, now), secret };
  },
});

/** The reseller is locked, so that two at once cannot exceed the number. */
async function keepNumber({ em }: ServiceContext, resellerId: string | null): Promise<void> {
  if (resellerId !== null) await em.findOne(Reseller, resellerId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const most = resellerId === null ? OF_PROVIDER : (await loadSettings(em, 'api')).endpointsPerReseller;
  if ((await em.count(WebhookEndpoint, { resellerId })) >= most)
    throw new ServiceError(
      'conflict',
      `There are ${most} endpoints already, as many as there may be. Remove one first.`,
    );
}
