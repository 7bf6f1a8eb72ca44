import { expect, test } from 'vitest';
import { lockOf, nowMs } from '../../hooks/bridge/testing.ts';
import { createNodeHost } from '../../test/support/node-host.ts';
import type { HostService } from '../../hooks/contract/index.ts';
import { createNodeBridge, type NodeBridge } from './bridge.ts';
import { completeHostPort } from './complete-host-port.ts';
import { createHooks } from './hooks.ts';
import type { NodeHost } from './node-host.ts';

const money = { currency: 'USD', digits: 2, tax: 'net' } as const;
const service: HostService = {
  id: '900',
  orderId: '1',
  clientId: '42',
  product: 'vps-s',
  title: 'VPS',
  domain: null,
  status: 'active',
  term: '1M',
  money,
  quantity: 1,
  options: {},
  recurring: '12.40',
  nextDueOn: null,
  createdAt: '2027-01-01T00:00:00Z',
  lock: null,
};

function portOf(more: Partial<NodeHost> = {}, bridge: NodeBridge = createNodeBridge(() => nowMs)) {
  const { host } = createNodeHost();
  return { bridge, host, port: completeHostPort({ ...host, ...more }, bridge, async () => {}) };
}

test('says of a call that the host leaves out that it is not supported', async () => {
  const { port } = portOf();
  await expect(port['tickets.list']({ clientId: '42', limit: 1 })).rejects.toMatchObject({ code: 'not_supported' });
});

test('holds the host’s answers to the contract, and hides what it fails with', async () => {
  const bad = portOf({ 'clients.list': async () => ({ clients: [{ id: 7 }], cursor: null }) as never });
  await expect(bad.port['clients.list']({ limit: 1 })).rejects.toMatchObject({ code: 'bad_answer' });
  const broken = portOf({ 'clients.list': () => Promise.reject(new Error('password of the database')) });
  await expect(broken.port['clients.list']({ limit: 1 })).rejects.toMatchObject({
    code: 'unavailable',
    message: 'The host could not do this.',
  });
});

test('keeps locks for the host and shows them with its services', async () => {
  const { port } = portOf({ 'services.list': async () => ({ services: [service], cursor: null }) });
  expect(await port['locks.publish']({ locks: [lockOf()] })).toEqual({ written: 1 });
  expect(await port['locks.publish']({ locks: [lockOf({ lockedAt: '2020-01-01T00:00:00Z' })] })).toEqual({
    written: 0,
  });
  const { services } = await port['services.list']({ clientIds: ['42'], limit: 1 });
  expect(services[0]?.lock?.unitPrice).toBe('12.40');
});

test('pins a service and its lock together, and refuses an older lock before the host is asked', async () => {
  const pinned: string[] = [];
  const { port, bridge } = portOf({
    'services.pin': async ({ lock }) => {
      pinned.push(lock.unitPrice);
      return { service: { ...service, recurring: lock.unitPrice } };
    },
  });
  const pin = (unitPrice: string, lockedAt: string) =>
    port['services.pin']({ serviceId: '900', lock: lockOf({ unitPrice, lockedAt }), reason: 'test' });
  expect((await pin('9.00', '2027-02-01T00:00:00Z')).service.lock?.unitPrice).toBe('9.00');
  await expect(pin('1.00', '2027-01-01T00:00:00Z')).rejects.toMatchObject({ code: 'conflict' });
  expect(pinned).toEqual(['9.00']);
  expect(bridge.store.readLock('900')?.unitPrice).toBe('9.00');
});

test('reads reported events from a cursor, and from the first one after a restart', async () => {
  const { port, bridge, host } = portOf();
  const hooks = createHooks(bridge, host);
  hooks.catalogueChanged({ products: null });
  const first = await port['changes.read']({ cursor: '', limit: 10 });
  expect(first.events.map(({ type }) => type)).toEqual(['catalogue.changed']);
  expect((await port['changes.read']({ cursor: first.cursor, limit: 10 })).events).toEqual([]);
  const restarted = portOf({}, bridge);
  expect((await restarted.port['changes.read']({ cursor: first.cursor, limit: 10 })).events).toHaveLength(1);
});

test('moves a lock along with its service: active when it runs, ended when it is gone', () => {
  const { bridge, host } = portOf();
  const hooks = createHooks(bridge, host);
  bridge.store.writeLock(lockOf({ status: 'pending' }));
  hooks.serviceProvisioned({ service });
  expect(bridge.store.readLock('900')?.status).toBe('active');
  hooks.serviceTerminated({ service: { ...service, status: 'cancelled' } });
  expect(bridge.store.readLock('900')?.status).toBe('ended');
  const versions = bridge.store.eventsAfter(0, 10).map(({ event }) => event.aggregate.version);
  expect(versions[1]).toBeGreaterThan(versions[0] ?? 0);
});
