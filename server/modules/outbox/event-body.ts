export interface StoredEvent {
  id: string;
  type: string;
  /** Place among all events; null for a test event, which is not live either: nothing happened. */
  position: number | null;
  resellerId: string | null;
  payload: Record<string, unknown>;
  createdAt: Date;
  /** False for what test keys did; what goes out is false for a test event too. */
  livemode: boolean;
}

/**
 * An event as it goes out, by webhook and by `events.list` alike; the same event is the same text at each try.
 * `sequence` rises with every event, so a receiver can drop what is older than what it has seen of an object.
 */
export function eventBody({ id, type, position, resellerId, payload, createdAt, livemode }: StoredEvent) {
  return {
    id,
    type,
    timestamp: createdAt.toISOString(),
    sequence: position,
    livemode: livemode && position !== null,
    resellerId,
    data: payload,
  };
}
