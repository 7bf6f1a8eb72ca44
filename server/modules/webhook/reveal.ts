import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { findEndpoint } from './find.ts';
import { usableSecrets } from './deliver.ts';

/**
 * Shows the signing secret of an own endpoint again, and the old one while both sign; that it was shown stands in the log.
 * To a person alone: who got hold of a key could sign events in our name with it.
 * @throws not_found, forbidden (a key, or an endpoint of another side), conflict (it cannot be read any more)
 */
export const revealWebhook = verb({
  procedure: 'webhooks.reveal',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    if (ctx.actor.kind === 'api_key')
      throw new ServiceError('forbidden', 'A key cannot read signing secrets. Show it in the portal, or rotate it.');
    const endpoint = await findEndpoint(ctx, id, true);
    const resellerId = endpoint.resellerId ?? null;
    if (resellerId !== tenantOf(ctx.actor))
      throw new ServiceError('forbidden', 'Only the reseller may have the secret of its own endpoint.');
    const { secret, oldSecret = null, oldSecretUntil = null } = endpoint;
    const [current, old] = usableSecrets(ctx, { endpointId: id, secret, oldSecret, oldSecretUntil });
    if (current === undefined) throw new ServiceError('conflict', 'The secret cannot be read any more: rotate it.');
    record(ctx, {
      action: 'webhook_endpoint.secret_shown',
      subject: { type: 'webhook_endpoint', id },
      resellerId,
    });
    await ctx.em.flush();
    return { secret: current, oldSecret: old ?? null, oldSecretUntil: old ? oldSecretUntil!.toISOString() : null };
  },
});
