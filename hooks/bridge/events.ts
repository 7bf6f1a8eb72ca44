import { V7Generator } from 'uuidv7';
import {
  CONTRACT_VERSION,
  events,
  type EventData,
  type EventOf,
  type EventType,
  type HostEvent,
} from '../contract/index.ts';

// Of its own, because its times come from the host's clock, which tests move.
const ids = new V7Generator();

/**
 * Makes an event of the contract with an id of its own, in order of time.
 * @param nowMs the host's clock in UTC milliseconds.
 * @throws ZodError when the data does not fit: a bug of the bridge, to be found where it is made and not where it is sent.
 */
export function makeEvent<Type extends EventType>(
  type: Type,
  aggregate: HostEvent['aggregate'],
  data: EventData<Type>,
  nowMs: number,
): EventOf<Type> {
  const event = {
    id: `evt_${ids.generateOrResetWithTs(nowMs).toString()}`,
    type,
    contract: CONTRACT_VERSION,
    occurredAt: new Date(nowMs).toISOString(),
    aggregate,
    data,
  };
  return events[type].envelope.parse(event) as EventOf<Type>;
}
