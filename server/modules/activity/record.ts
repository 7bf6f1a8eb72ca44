import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { Outbox } from '../outbox/entity.ts';
import { Activity, type RecordedActor } from './entity.ts';

export interface Entry {
  /** What was done, entity.past_tense; also the type of the event that goes out. */
  action: string;
  subject: { type: string; id: string };
  resellerId: string | null;
  before?: unknown;
  after?: unknown;
  /**
   * Why, in the words of who did it. A reseller sees the reasons of its own side only: words of the provider that are meant
   * for it stand in `after`.
   */
  reason?: string | null | undefined;
  /**
   * True for what only the provider's side may see of a reseller's matters: notes, tags, problems. It still names the
   * reseller, so that the provider finds it there.
   */
  internal?: boolean;
  /** Payload for the outside; left out = nothing goes out. Never holds secrets or admin notes. */
  event?: Record<string, unknown>;
}

/** Who does what when; and where it came from, if a request was the reason. */
export type RecordContext = Pick<ServiceContext, 'em' | 'now' | 'actor'> &
  Partial<Pick<ServiceContext, 'requestId' | 'sourceAddress'>>;

/**
 * Writes the activity entry, and the outbox row if it is an event for the outside, in the caller's transaction.
 * Call it inside every verb that changes something.
 */
export function record(ctx: RecordContext, entry: Entry): void {
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
      reason: entry.reason ?? null,
      requestId: ctx.requestId ?? null,
      sourceAddress: ctx.sourceAddress ?? null,
      internal: entry.internal ?? false,
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
export function recordedActor({ actor }: Pick<ServiceContext, 'actor'>): RecordedActor {
  return {
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    ...('actingAdmin' in actor && actor.actingAdmin ? { actingAdmin: actor.actingAdmin } : {}),
  };
}
