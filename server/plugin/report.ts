import { makeEvent } from '../../hooks/bridge/events.ts';
import { type EventData, type EventType, eventTypes, type HostEvent } from '../../hooks/contract/index.ts';
import type { NodeBridge } from './bridge.ts';
import { lockOrder, lockService } from './locks.ts';

/** "order.created" is reported with orderCreated. */
type HookName<Type extends EventType> = Type extends `${infer Thing}.${infer Change}`
  ? `${Thing}${Capitalize<Change>}`
  : never;

/** What a host may say of an event beside its data. */
export interface AboutEvent {
  /** Grows with each change of that object in the host; left out, the moment of the report is taken. */
  version?: number;
}

/**
 * One function for each event of the contract, called after the host committed the change, with the plain data of the
 * event: the object as it is now. Locks of orders and services are filled in. The event is taken in soon after; reporting
 * the same twice, or late, does no harm.
 * @throws ZodError when the data does not fit the contract
 */
export type EventHooks = {
  [Type in EventType as HookName<Type>]: (data: EventData<Type>, about?: AboutEvent) => void;
};

export function hookName<Type extends EventType>(type: Type): HookName<Type> {
  return type.replace(/\.([a-z])/, (_dot, letter: string) => letter.toUpperCase()) as HookName<Type>;
}

export function createEventHooks(bridge: NodeBridge): EventHooks {
  let last = 0;
  // Milliseconds, and never the same twice: what a host without versions says later counts as newer.
  const nextVersion = (): number => (last = Math.max(last + 1, bridge.now()));
  const report = (type: EventType, data: unknown, { version }: AboutEvent = {}): void => {
    const about = { ...aggregateOf(type, data), version: version ?? nextVersion() };
    bridge.store.appendEvent(
      makeEvent(type, about, withLocks(bridge, data) as EventData<EventType>, bridge.now()) as HostEvent,
    );
    bridge.wake();
  };
  const hooks = eventTypes.map((type) => [
    hookName(type),
    (data: unknown, about?: AboutEvent) => report(type, data, about),
  ]);
  return Object.fromEntries(hooks) as EventHooks;
}

function aggregateOf(type: EventType, data: unknown): Pick<HostEvent['aggregate'], 'type' | 'id'> {
  const kind = type.slice(0, type.indexOf('.')) as HostEvent['aggregate']['type'];
  if (kind === 'catalogue') return { type: kind, id: 'catalogue' };
  return { type: kind, id: (data as Record<string, { id: string } | undefined>)[kind]?.id ?? '' };
}

function withLocks(bridge: NodeBridge, data: unknown): unknown {
  const { order, service } = data as Partial<EventData<'order.created'> & EventData<'service.changed'>>;
  if (order) return { ...(data as object), order: { ...order, locks: lockOrder(bridge, order) } };
  if (service) return { ...(data as object), service: lockService(bridge, service) };
  return data;
}
