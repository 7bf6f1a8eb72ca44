import type { EventOf, EventType } from '../contract/index.ts';
import type { ServiceContext } from '../../server/context.ts';

/**
 * What the plugin does at one moment of the host's lifecycle, inside the transaction that takes the event in. Answers
 * false when the event concerns nobody of ours. `newest` is false for a fact that arrives after a newer report of the
 * same object: book it, but do not move the object's state back.
 */
export type LifecycleHandler<Type extends EventType> = (
  ctx: ServiceContext,
  event: EventOf<Type>,
  newest: boolean,
) => Promise<boolean>;
