import { describe, expect, it } from 'vitest';
import type { HostEvent, IntakeOutcome } from '../contract/index.ts';
import { inProcessPlugin } from '../transport/in-process.ts';
import { PluginError } from '../transport/plugin-error.ts';
import type { PluginPort } from '../transport/plugin-port.ts';
import { deliverDue, type DeliveryReport } from './deliver-outbox.ts';
import { makeEvent } from './events.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import { nowMs } from './testing.ts';
import type { BridgeStore } from './store.ts';

const changed = (id: string, version: number) =>
  makeEvent('catalogue.changed', { type: 'catalogue', id, version }, { products: null }, nowMs);

/** Steady jitter: 0.5 is the schedule itself. */
const deliver = (store: BridgeStore, plugin: PluginPort, atMs = nowMs): Promise<DeliveryReport> =>
  deliverDue(store, plugin, atMs, () => 0.5);

function storeWith(...events: HostEvent[]): BridgeStore {
  const store = createMemoryBridgeStore();
  for (const event of events) store.appendEvent(event);
  return store;
}

/** Takes every event unless told otherwise; remembers "id version" of each and the size of each delivery. */
function receiver(outcome: (event: HostEvent) => IntakeOutcome | 'crash' = () => 'applied') {
  const seen: string[] = [];
  const sizes: number[] = [];
  const plugin = inProcessPlugin(async (event) => {
    seen.push(`${event.aggregate.id} ${event.aggregate.version}`);
    const result = outcome(event);
    if (result === 'crash') throw new Error('database is down');
    return { outcome: result };
  });
  const counting: PluginPort = {
    ...plugin,
    sendEvents: (events) => (sizes.push(events.length), plugin.sendEvents(events)),
  };
  return { seen, sizes, plugin: counting };
}

function failing(error: PluginError): PluginPort {
  return {
    ...receiver().plugin,
    sendEvents: async () => {
      throw error;
    },
  };
}

describe('the outbox', () => {
  it('delivers each event once', async () => {
    const { seen, plugin } = receiver();
    const store = storeWith(changed('a', 1), changed('b', 1));
    expect(await deliver(store, plugin)).toMatchObject({ delivered: 2, failed: 0, parked: 0, error: null });
    await deliver(store, plugin);
    expect(seen).toEqual(['a 1', 'b 1']);
  });

  it.each(['duplicate', 'stale'] as const)('takes %s for delivered', async (outcome) => {
    const store = storeWith(changed('a', 1));
    expect(await deliver(store, receiver(() => outcome).plugin)).toMatchObject({ delivered: 1 });
    expect(store.dueEvents(Number.MAX_SAFE_INTEGER - 1, 10)).toEqual([]);
  });

  it('appends an event once, however often a hook runs', () => {
    const event = changed('a', 1);
    expect(storeWith(event, event).eventsAfter(0, 10)).toHaveLength(1);
  });

  it('sends at most 100 events at a time, and goes on until none is due', async () => {
    const { sizes, plugin } = receiver();
    const store = storeWith(...Array.from({ length: 250 }, (_, position) => changed(`c${position}`, 1)));
    expect(await deliver(store, plugin)).toMatchObject({ delivered: 250 });
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('keeps the order of one aggregate and does not hold up others', async () => {
    let broken = true;
    const { seen, plugin } = receiver(({ aggregate }) => (broken && aggregate.id === 'a' ? 'crash' : 'applied'));
    const store = storeWith(changed('a', 1), changed('a', 2), changed('b', 1), changed('b', 2));
    expect(await deliver(store, plugin)).toMatchObject({ delivered: 2, failed: 1 });
    expect(seen).toEqual(['a 1', 'b 1', 'b 2']);
    broken = false;
    await deliver(store, plugin, nowMs + 5000);
    expect(seen.slice(3)).toEqual(['a 1', 'a 2']);
  });

  it('keeps the order even where a store hands out several events of an aggregate', async () => {
    const { seen, plugin } = receiver(({ aggregate }) => (aggregate.version === 1 ? 'crash' : 'applied'));
    const first = changed('a', 1);
    const second = changed('a', 2);
    const store = storeWith(first);
    const due = [first, second].map((event, position) => ({ sequence: position + 1, attempts: 0, event }));
    let asked = 0;
    await deliver({ ...store, dueEvents: () => (asked++ === 0 ? due : []) }, plugin);
    expect(seen).toEqual(['a 1']);
  });
});

describe('a failed delivery', () => {
  it('waits 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, then 24 h each time', async () => {
    const store = storeWith(changed('a', 1));
    const waits: number[] = [];
    let clock = nowMs;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await deliver(store, failing(new PluginError('unreachable')), clock);
      const before = clock;
      while (store.dueEvents(clock, 1).length === 0) clock += 1000;
      waits.push((clock - before) / 1000);
    }
    expect(waits).toEqual([5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400, 86_400, 86_400]);
  }, 20_000);

  it('varies its waits by a fifth to either side', async () => {
    for (const [random, waitMs] of [
      [0, 4000],
      [0.999_999, 6000],
    ] as const) {
      const store = storeWith(changed('a', 1));
      await deliverDue(store, failing(new PluginError('unreachable')), nowMs, () => random);
      expect(store.dueEvents(nowMs + waitMs - 1, 1)).toHaveLength(0);
      expect(store.dueEvents(nowMs + waitMs, 1)).toHaveLength(1);
    }
  });

  it('waits as long as the plugin asks, when that is longer', async () => {
    const store = storeWith(changed('a', 1));
    await deliver(store, failing(new PluginError('rate_limited', 'Slow down.', 90)));
    expect(store.dueEvents(nowMs + 89_000, 1)).toHaveLength(0);
    expect(store.dueEvents(nowMs + 90_000, 1)).toMatchObject([{ attempts: 1 }]);
  });

  it('is tried at once when the plugin is known to be there; what was parked stays parked', async () => {
    const store = storeWith(changed('a', 1), changed('b', 1));
    await deliver(store, receiver(({ aggregate }) => (aggregate.id === 'b' ? 'parked' : 'crash')).plugin);
    expect(store.dueEvents(nowMs, 10)).toEqual([]);
    store.wakeEvents();
    expect(store.dueEvents(nowMs, 10)).toMatchObject([{ attempts: 1, event: { aggregate: { id: 'a' } } }]);
    expect(await deliver(store, receiver().plugin)).toMatchObject({ delivered: 1 });
  });

  it('says that the plugin was removed, and keeps the events', async () => {
    const store = storeWith(changed('a', 1));
    expect(await deliver(store, failing(new PluginError('gone')))).toMatchObject({ gone: true, failed: 1 });
    expect(store.dueEvents(nowMs + 6000, 1)).toHaveLength(1);
  });

  it('never throws, not even for a store that fails', async () => {
    const store = storeWith(changed('a', 1));
    const broken: BridgeStore = {
      ...store,
      markDelivered() {
        throw new Error('disk full');
      },
    };
    expect(await deliver(broken, receiver().plugin)).toMatchObject({ error: expect.stringContaining('outbox') });
  });
});

describe('an event that is refused for good', () => {
  it('is parked alone, and later events of its aggregate go on', async () => {
    const { seen, plugin } = receiver(({ aggregate }) => (aggregate.version === 1 ? 'parked' : 'applied'));
    const store = storeWith(changed('a', 1), changed('a', 2));
    expect(await deliver(store, plugin)).toMatchObject({ delivered: 1, parked: 1, failed: 0 });
    expect(seen).toEqual(['a 1', 'a 2']);
    expect(store.eventsAfter(0, 10)).toHaveLength(2);
    expect(store.dueEvents(nowMs + 10 * 365 * 86_400_000, 10)).toEqual([]);
  });

  it('is found when it makes the plugin refuse a whole delivery', async () => {
    const { seen, plugin } = receiver();
    const picky: PluginPort = {
      ...plugin,
      async sendEvents(events) {
        if (events.some(({ aggregate }) => aggregate.id === 'b')) throw new PluginError('refused', 'Too large.');
        return plugin.sendEvents(events);
      },
    };
    const store = storeWith(changed('a', 1), changed('b', 1), changed('c', 1));
    expect(await deliver(store, picky)).toMatchObject({ delivered: 2, parked: 1, error: null });
    expect(seen).toEqual(['a 1', 'c 1']);
  });
});

describe('an event', () => {
  it('has an id of its own that sorts by time', () => {
    const ids = [changed('a', 1), changed('a', 2), changed('a', 3)].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids[0]).toMatch(/^evt_[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('is refused where it is made when its data does not fit', () => {
    const aggregate = { type: 'catalogue', id: 'a', version: 1 } as const;
    expect(() => makeEvent('catalogue.changed', aggregate, { products: [''] }, nowMs)).toThrow();
  });
});
