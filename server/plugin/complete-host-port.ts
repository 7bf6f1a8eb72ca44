import { randomUUID } from 'node:crypto';
import { checkPrices } from '../../hooks/bridge/check-prices.ts';
import { CONTRACT_VERSION, HostError, type HostPort } from '../../hooks/contract/index.ts';
import { inProcessHostPort } from '../../hooks/transport/in-process.ts';
import { hostPortOf } from '../../hooks/transport/run-call.ts';
import type { NodeBridge } from './bridge.ts';
import { lockOrder, lockService } from './locks.ts';
import type { NodeHost } from './node-host.ts';

/**
 * The whole port of a Node host: its own calls, held to the contract as if they came over a wire, and what a bridge does
 * beside the host, namely keep locks, lists and events.
 * @param pull brings the bridge's price lists up to date
 */
export function completeHostPort(host: NodeHost, bridge: NodeBridge, pull: () => Promise<void>): HostPort {
  const own = { ...lockingCalls(host, bridge), ...bridgeCalls(bridge, pull) };
  const port = hostPortOf(async (name, request) => {
    const call = (own[name] ?? host[name]) as ((request: unknown) => Promise<unknown>) | undefined;
    if (call === undefined) throw new HostError('not_supported', `This host has no ${name}.`);
    return await call.call(host, request);
  });
  return inProcessHostPort(port);
}

/** Calls of the host whose answers carry locks, which the bridge keeps for it. */
function lockingCalls(host: NodeHost, bridge: NodeBridge): Partial<HostPort> {
  const { store } = bridge;
  const { 'orders.place': place, 'services.pin': pin } = host;
  return {
    describe: async (request) => {
      const about = await host.describe(request);
      return {
        ...about,
        contract: CONTRACT_VERSION,
        capabilities: [...new Set([...about.capabilities, 'priceCheck' as const, 'pushedPriceLists' as const])],
      };
    },
    'services.list': async (request) => {
      const answer = await host['services.list'](request);
      return {
        ...answer,
        services: answer.services.map((service) => ({ ...service, lock: service.lock ?? store.readLock(service.id) })),
      };
    },
    ...(place && {
      'orders.place': async (request) => {
        const { order } = await place.call(host, request);
        return { order: { ...order, locks: lockOrder(bridge, order) } };
      },
    }),
    ...(pin && {
      'services.pin': async (request) => {
        const held = store.readLock(request.serviceId);
        if (held !== null && Date.parse(held.lockedAt) > Date.parse(request.lock.lockedAt)) {
          throw new HostError('conflict', 'The service has a newer lock.');
        }
        const { service } = await pin.call(host, request);
        store.writeLock(request.lock);
        return { service: lockService(bridge, { ...service, lock: request.lock }) };
      },
    }),
  };
}

/** Calls that are answered from the bridge's own tables. */
function bridgeCalls({ store, now }: NodeBridge, pull: () => Promise<void>): Partial<HostPort> {
  // Sequence numbers begin anew with each process: a cursor of another one means "from the first kept event".
  const run = randomUUID();
  return {
    'locks.publish': async ({ locks }) => ({ written: locks.filter((lock) => store.writeLock(lock)).length }),
    'prices.check': async (request) => checkPrices(store, request, now()),
    'prices.publish': async () => {
      await pull();
      const held = store.readIndex();
      if (held === null) throw new HostError('unavailable', 'There are no price lists yet.');
      return { revision: held.index.revision };
    },
    'changes.read': async ({ cursor, limit }) => {
      const [process = '', sequence = '0'] = cursor.split('.');
      const rows = store.eventsAfter(process === run ? Number(sequence) : 0, limit);
      return {
        events: rows.map(({ event }) => event),
        cursor: `${run}.${rows.at(-1)?.sequence ?? (process === run ? sequence : '0')}`,
      };
    },
  };
}
