import { Webhook } from 'standardwebhooks';
import type { ServiceContext } from '../../context.ts';
import { eventBody } from '../outbox/event-body.ts';
import type { Claimed } from './claim.ts';
import { type Answer, send } from './send.ts';

/** How one attempt went. */
export interface Outcome extends Answer {
  delivery: Claimed;
  /** When it began, UTC. */
  at: Date;
  milliseconds: number;
}

/** Signs and sends one delivery, once. The id is the event's: a receiver that has seen it may drop it. Never throws. */
export async function deliver({ webhooks, now, livemode }: ServiceContext, delivery: Claimed): Promise<Outcome> {
  const began = performance.now();
  const secrets = usableSecrets({ webhooks, now }, delivery);
  const answer: Answer =
    secrets.length === 0
      ? { status: null, error: 'The secret cannot be read any more: rotate it.', answer: '' }
      : await send(delivery.url, ...signed(secrets, { ...delivery, livemode }, now), webhooks);
  return { ...answer, delivery, at: now, milliseconds: Math.round(performance.now() - began) };
}

function signed(
  secrets: string[],
  delivery: Claimed & { livemode: boolean },
  now: Date,
): [Record<string, string>, string] {
  const body = JSON.stringify(
    eventBody({
      ...delivery,
      id: delivery.eventId,
      position: delivery.position === null ? null : Number(delivery.position),
      createdAt: new Date(delivery.createdAt),
    }),
  );
  const signatures = secrets.map((secret) => new Webhook(secret).sign(delivery.eventId, now, body));
  return [
    {
      'content-type': 'application/json',
      'user-agent': 'reseller-plugin-webhooks/1',
      'webhook-id': delivery.eventId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
    body,
  ];
}

/** The secret, and the one before it while both hold. */
function usableSecrets({ webhooks, now }: Pick<ServiceContext, 'webhooks' | 'now'>, delivery: Claimed): string[] {
  const { endpointId, secret, oldSecret, oldSecretUntil } = delivery;
  const sealed = [secret];
  if (oldSecret !== null && oldSecretUntil !== null && new Date(oldSecretUntil) > now) sealed.push(oldSecret);
  return sealed.flatMap((one) => webhooks.vault.open(one, endpointId) ?? []);
}
