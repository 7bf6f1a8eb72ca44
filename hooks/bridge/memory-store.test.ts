import { describe, expect, it } from 'vitest';
import { makeEvent } from './events.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import { at, indexOf, lockOf, nowMs, storeOf } from './testing.ts';

const day = 86_400_000;
const event = (atMs: number) =>
  makeEvent('catalogue.changed', { type: 'catalogue', id: 'all', version: 1 }, { products: null }, atMs);

describe('price locks in a store', () => {
  it('are replaced by newer ones and by ones of the same moment, never by older ones', () => {
    const store = createMemoryBridgeStore();
    expect(store.writeLock(lockOf({ status: 'pending' }))).toBe(true);
    expect(store.writeLock(lockOf({ status: 'active' }))).toBe(true);
    expect(store.writeLock(lockOf({ unitPrice: '1.00', lockedAt: at(nowMs - 1) }))).toBe(false);
    expect(store.readLock('900')).toEqual(lockOf());
  });

  it('are listed by client', () => {
    const store = createMemoryBridgeStore();
    store.writeLock(lockOf());
    store.writeLock(lockOf({ serviceId: '901', clientId: '7' }));
    expect(store.readLocks('7').map(({ serviceId }) => serviceId)).toEqual(['901']);
    expect(store.readLocks(null)).toHaveLength(2);
  });

  it('do not change when a caller changes what it read or wrote', () => {
    const store = createMemoryBridgeStore();
    const lock = lockOf();
    store.writeLock(lock);
    lock.unitPrice = '1.00';
    const read = store.readLock('900');
    if (read !== null) read.unitPrice = '2.00';
    expect(store.readLock('900')?.unitPrice).toBe('12.40');
  });
});

describe('an index in a store', () => {
  it('is not replaced by one whose lists are not all there', () => {
    const store = storeOf(indexOf());
    const lists = [{ hash: `sha256:${'0'.repeat(64)}`, validFrom: at(nowMs), validUntil: null }];
    const update = { index: indexOf({ lists }), confirmedAtMs: nowMs + 1, lists: [], pages: [], chunks: [] };
    expect(() => store.writeIndex(update)).toThrow('does not bring it');
    expect(store.readIndex()).toEqual({ index: indexOf(), confirmedAtMs: nowMs });
  });
});

describe('events in a store', () => {
  it('are kept for 30 days after delivery, and as long as they wait', () => {
    const store = createMemoryBridgeStore();
    const [old, waiting, recent] = [event(nowMs - 31 * day), event(nowMs - 31 * day), event(nowMs - 29 * day)];
    for (const kept of [old, waiting, recent]) store.appendEvent(kept);
    store.markDelivered(1);
    store.markDelivered(3);
    store.appendEvent(event(nowMs));
    expect(store.eventsAfter(0, 10).map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
    expect(store.eventsAfter(2, 1)).toEqual([{ sequence: 3, event: recent }]);
  });
});
