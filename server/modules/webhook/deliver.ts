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
  return [
    {
      'content-type': 'application/json',
      'user-agent': 'reseller-plugin-webhooks/1',
      ...signatureHeaders(secrets, delivery.eventId, now, body),
    },
    body,
  ];
}

/** The three headers by which a receiver knows that a message is ours, as it is sent at a moment. */
export const signatureHeaders = (secrets: readonly string[], eventId: string, at: Date, body: string) => ({
  'webhook-id': eventId,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(eventId, at, body)).join(' '),
});

/** The secret, and the one before it while both hold. */
export function usableSecrets(
  { webhooks, now }: Pick<ServiceContext, 'webhooks' | 'now'>,
  {
    endpointId,
    secret,
    oldSecret,
    oldSecretUntil,
  }: Pick<Claimed, 'endpointId' | 'secret' | 'oldSecret' | 'oldSecretUntil'>,
): string[] {
  const sealed = [secret];
  if (oldSecret !== null && oldSecretUntil !== null && new Date(oldSecretUntil) > now) sealed.push(oldSecret);
  return sealed.flatMap((one) => webhooks.vault.open(one, endpointId) ?? []);
}
