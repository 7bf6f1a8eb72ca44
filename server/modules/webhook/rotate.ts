import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { checkVersion, findEndpoint } from './find.ts';
import { endpointRow } from './row.ts';
import { newSecret } from './secret.ts';

const HOUR_MS = 3_600_000;

/**
 * Gives an endpoint a new secret, which is in the answer, once. Until the overlap ends each message bears two
 * signatures, so that the receiver may change over at any moment of it; 0 ends the old secret at once.
 * @throws not_found, version_mismatch, forbidden (an endpoint of another side)
 */
export const rotateWebhook = verb({
  procedure: 'webhooks.rotate',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    overlapHours: z.int().min(0).max(168, 'a week at most').default(24),
  }),
  run: async (ctx, { id, version, overlapHours }) => {
    const endpoint = await findEndpoint(ctx, id, true);
    const resellerId = endpoint.resellerId ?? null;
    if (resellerId !== tenantOf(ctx.actor))
      throw new ServiceError('forbidden', 'Only the reseller may have the secret of its own endpoint.');
    checkVersion(endpoint, version);
    const secret = newSecret();
    const until = overlapHours > 0 ? new Date(ctx.now.getTime() + overlapHours * HOUR_MS) : null;
    ctx.em.assign(endpoint, {
      oldSecret: until ? endpoint.secret : null,
      oldSecretUntil: until,
      secret: ctx.webhooks.vault.seal(secret, id),
    });
    record(ctx, {
      action: 'webhook_endpoint.secret_rotated',
      subject: { type: 'webhook_endpoint', id },
      resellerId,
      after: { oldSecretUntil: until?.toISOString() ?? null },
    });
    await ctx.em.flush();
    return { ...endpointRow(endpoint, ctx.now), secret };
  },
});
