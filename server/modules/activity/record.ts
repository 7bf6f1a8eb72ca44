import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { Outbox } from '../outbox/entity.ts';
import { Activity } from './entity.ts';

export interface Entry {
  /** What was done, entity.past_tense; also the type of the event that goes out. */
  action: string;
  subject: { type: string; id: string };
  resellerId: string | null;
  before?: unknown;
  after?: unknown;
  /** Payload for the outside; left out = nothing goes out. Never holds secrets or admin notes. */
  event?: Record<string, unknown>;
}

/**
 * Writes the activity entry, and the outbox row if it is an event for the outside, in the caller's transaction.
 * Call it inside every verb that changes something.
 */
export function record(ctx: Pick<ServiceContext, 'em' | 'now' | 'actor'>, entry: Entry): void {
  const { em, now } = ctx;
  em.persist(
    em.create(Activity, {
      id: newId('act'),
      at: now,
      actor: recordedActor(ctx),
      action: entry.action,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      resellerId: entry.resellerId,
      before: entry.before ?? null,
      after: entry.after ?? null,
    }),
  );
  if (entry.event === undefined) return;
  em.persist(
    em.create(Outbox, {
      id: newId('evt'),
      type: entry.action,
      resellerId: entry.resellerId,
      payload: entry.event,
      createdAt: now,
      publishedAt: null,
    }),
  );
}

/** Who acts, as entries keep it. */
export function recordedActor({ actor }: Pick<ServiceContext, 'actor'>) {
  return { kind: actor.kind, id: actor.id, ...('actingAdmin' in actor ? { actingAdmin: actor.actingAdmin } : {}) };
}
