import type { EventOf, EventType, HostEvent } from '../contract/index.ts';
import { eventually } from './eventually.ts';
import type { Trial } from './trial.ts';

/** What the plugin was told of this object with events of this type, repeated deliveries too. */
export function told<Type extends EventType>({ plugin }: Trial, type: Type, aggregateId: string): EventOf<Type>[] {
  return plugin.received.filter(
    (event: HostEvent): event is Extract<HostEvent, EventOf<Type>> =>
      event.type === type && event.aggregate.id === aggregateId,
  );
}

/** The first event of this type about this object, as soon as it is there. */
export async function tellsOf<Type extends EventType>(
  trial: Trial,
  type: Type,
  aggregateId: string,
): Promise<EventOf<Type>> {
  return eventually(`${type} of ${aggregateId}`, () => told(trial, type, aggregateId)[0]);
}
