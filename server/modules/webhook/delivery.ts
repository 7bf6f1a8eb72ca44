import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { eventBody } from '../outbox/event-body.ts';
import { Outbox } from '../outbox/entity.ts';
import { signatureHeaders, usableSecrets } from './deliver.ts';
import type { WebhookEndpoint } from './entity.ts';
import { findEndpoint } from './find.ts';
import { type DeliveryRow, deliveryRow } from './row.ts';

interface AttemptColumns {
  number: number;
  at: string | Date;
  milliseconds: number;
  status: number | null;
  error: string | null;
  answer: string;
}

/**
 * One delivery with what was sent and how each attempt went. Signatures are worked out anew, with the secrets that hold
 * now: of what was sent before a rotation the old one is there until its overlap ends. @throws not_found
 */
export const getDelivery = verb({
  procedure: 'webhooks.delivery',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { row, endpoint } = await findDelivery(ctx, id);
    const attempts = await ctx.em.execute<AttemptColumns[]>(
      'select number, at, milliseconds, status, error, answer from webhook_attempt where delivery_id = ? order by number',
      [id],
    );
    const event = await ctx.em.findOneOrFail(Outbox, { id: row.event_id });
    const position = event.position === null || event.position === undefined ? null : Number(event.position);
    const body = eventBody({ ...event, livemode: ctx.livemode, position, resellerId: event.resellerId ?? null });
    const { secret, oldSecret = null, oldSecretUntil = null } = endpoint;
    const secrets = usableSecrets(ctx, { endpointId: row.endpoint_id, secret, oldSecret, oldSecretUntil });
    return {
      ...deliveryRow(row),
      body,
      log: attempts.map(({ at, ...attempt }) => ({
        ...attempt,
        at: new Date(at).toISOString(),
        headers: signatureHeaders(secrets, row.event_id, new Date(at), JSON.stringify(body)),
      })),
    };
  },
});

/** A delivery, with the endpoint that the actor may see. @throws not_found, also for one of somebody else */
export async function findDelivery(
  ctx: ServiceContext,
  id: string,
): Promise<{ row: DeliveryRow; endpoint: WebhookEndpoint }> {
  const [row] = await ctx.em.execute<DeliveryRow[]>('select * from webhook_delivery where id = ?', [id]);
  const endpoint = row && (await findEndpoint(ctx, row.endpoint_id).catch(() => null));
  if (!endpoint) throw new ServiceError('not_found', 'There is no delivery with this id.');
  return { row, endpoint };
}
