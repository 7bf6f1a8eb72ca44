import { setTimeout as sleep } from 'node:timers/promises';
import { deliverDue } from '../../hooks/bridge/deliver-outbox.ts';
import { oneAtATime } from '../../hooks/bridge/one-at-a-time.ts';
import { pullPriceLists } from '../../hooks/bridge/pull-price-lists.ts';
import { inProcessPlugin } from '../../hooks/transport/in-process.ts';
import type { PluginPort } from '../../hooks/transport/plugin-port.ts';
import { hostActor, systemActor } from '../actors.ts';
import { takeIn } from '../modules/intake/take-in.ts';
import { priceSource } from '../modules/price-list/source.ts';
import { syncCatalogue } from '../modules/catalogue/sync.ts';
import { listLiveLocks } from '../modules/service/list-live-locks.ts';
import { createService, type Service, type ServiceOptions } from '../service.ts';
import type { NodeBridge } from './bridge.ts';

const REFRESH_MS = 3000;
/** Locks of other processes are looked for this far back, since ids and commits may differ in order. */
const LOOK_BACK_MS = 5 * 60_000;

/** A plugin that runs: its service, and the work that keeps the bridge in step with the database. */
export interface RunningPlugin {
  readonly service: Service;
  /** Brings price lists up to date. @throws when the database cannot be asked */
  pull(): Promise<void>;
  /** Delivers what is due in the outbox; ends when nothing is left that is due. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Connects, migrates, fills the bridge from the database, and starts jobs and the refreshing of every few seconds.
 * @throws when the database cannot be reached, or the very first reading of the host's catalogue fails
 */
export async function runPlugin(options: ServiceOptions, bridge: NodeBridge): Promise<RunningPlugin> {
  const service = await createService(options);
  try {
    const plugin = createPort(service, bridge);
    const running = keepInStep(service, bridge, plugin);
    await firstFill(service, bridge, plugin);
    await service.start();
    return running;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

function createPort(service: Service, bridge: NodeBridge): PluginPort {
  const source = priceSource(
    service.context(hostActor).prices,
    () => service.orm.em.fork(),
    () => new Date(bridge.now()),
  );
  return inProcessPlugin(async (event) => {
    const [result] = await takeIn(() => service.context(hostActor), [event]);
    if (result === undefined) throw new Error('not taken');
    const { outcome, message } = result;
    return message === undefined ? { outcome } : { outcome, message };
  }, source);
}

async function firstFill(service: Service, bridge: NodeBridge, plugin: PluginPort): Promise<void> {
  const [read] = await service.orm.em.fork().execute<unknown[]>('select 1 from catalogue');
  if (!read) await syncCatalogue(service.context(systemActor), {});
  await pullPriceLists(bridge.store, plugin, bridge.now());
  await readLocks(service, bridge, null);
  bridge.filled = true;
}

async function readLocks({ orm }: Service, { store }: NodeBridge, since: Date | null): Promise<void> {
  for (const lock of await listLiveLocks(orm.em.fork(), since)) {
    const held = store.readLock(lock.serviceId);
    // Of equal age, the bridge's own is further: the plugin's mirror learns of its state by events.
    if (held === null || Date.parse(held.lockedAt) < Date.parse(lock.lockedAt)) store.writeLock(lock);
  }
}

function keepInStep(service: Service, bridge: NodeBridge, plugin: PluginPort): RunningPlugin {
  let stopped = false;
  const pull = async () => void (await pullPriceLists(bridge.store, plugin, bridge.now()));
  const deliver = oneAtATime(async () => void (await deliverDue(bridge.store, plugin, bridge.now(), Math.random)));
  const refresh = oneAtATime(async () => {
    // The database may be away for a while: what is in memory goes on serving.
    await Promise.allSettled([deliver(), pull(), readLocks(service, bridge, new Date(Date.now() - LOOK_BACK_MS))]);
  });
  const timer = setInterval(() => void refresh(), REFRESH_MS);
  timer.unref();
  bridge.wake = () => {
    if (!stopped) setImmediate(() => void deliver());
  };
  return {
    service,
    pull,
    deliver,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.race([Promise.allSettled([deliver(), refresh()]), sleep(5000, undefined, { ref: false })]);
      await service.stop();
    },
  };
}
