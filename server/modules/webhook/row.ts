import { z } from 'zod';
import { eventGroups } from '../outbox/event-types.ts';
import type { WebhookEndpoint } from './entity.ts';

const choice = new RegExp(`^(\\*|(${eventGroups.join('|')})\\.(\\*|[a-z_]{2,40}))$`);

/** Which events an endpoint gets: types ("order.paid"), whole groups ("order.*"), or all ("*"). */
export const eventChoice = z
  .array(z.string().regex(choice, `write "*", a group such as "order.*" (${eventGroups.join(', ')}), or one type`))
  .min(1, 'choose at least one event')
  .max(100)
  .transform((names) => [...new Set(names)]);

export const endpointDescription = z.string().trim().max(200);

/** Most deliveries a second that the receiver takes; null: as many as there is room for. */
export const endpointPace = z.int().min(1).max(100).nullable();

/** An endpoint as its owner sees it: the secret is shown once only, when it is made. */
export function endpointRow(endpoint: WebhookEndpoint, now: Date) {
  const { oldSecretUntil, failingSince } = endpoint;
  return {
    id: endpoint.id,
    resellerId: endpoint.resellerId ?? null,
    url: endpoint.url,
    description: endpoint.description,
    events: endpoint.events,
    active: endpoint.active,
    offReason: endpoint.offReason ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    perSecond: endpoint.perSecond ?? null,
    oldSecretUntil: oldSecretUntil && oldSecretUntil > now ? oldSecretUntil.toISOString() : null,
    createdAt: endpoint.createdAt.toISOString(),
    version: endpoint.version,
  };
}

interface DeliveryColumns {
  id: string;
  endpoint_id: string;
  event_id: string;
  event_type: string;
  origin: string;
  state: string;
  attempts: number;
  next_at: string | Date | null;
  last_status: number | null;
  last_error: string | null;
  created_at: string | Date;
  finished_at: string | Date | null;
}

/** A moment as a query or an entity has it, in ISO 8601, UTC. */
export function moment(value: string | Date): string;
export function moment(value: string | Date | null): string | null;
export function moment(value: string | Date | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}

export const deliveryRow = (row: DeliveryColumns) => ({
  id: row.id,
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  type: row.event_type,
  origin: row.origin as 'event' | 'test' | 'resend' | 'replay',
  state: row.state as DeliveryState,
  attempts: row.attempts,
  nextAt: moment(row.next_at),
  lastStatus: row.last_status,
  lastError: row.last_error,
  createdAt: moment(row.created_at),
  finishedAt: moment(row.finished_at),
});
export type DeliveryRow = DeliveryColumns & { position: string };

/** stopped: the endpoint was switched off before. */
export const deliveryStates = ['waiting', 'delivered', 'failed', 'stopped'] as const;
type DeliveryState = (typeof deliveryStates)[number];
