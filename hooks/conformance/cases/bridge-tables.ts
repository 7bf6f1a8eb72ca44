import assert from 'node:assert/strict';
import type { PriceLock } from '../../contract/index.ts';
import type { ConformanceCase } from '../case.ts';
import { expectAmount } from '../expect.ts';

export const bridgeTableCases: readonly ConformanceCase[] = [
  {
    id: 'locks.newest-wins',
    async run({ place, port, service }) {
      const order = await place();
      const serviceId = order.lines[0]?.serviceId ?? '';
      const { lock, money } = await service(serviceId);
      assert.ok(lock, 'the service has no lock');
      const at = (ms: number): string => new Date(Date.parse(lock.lockedAt) + ms).toISOString();
      const newer: PriceLock = { ...lock, unitPrice: '5', lockedAt: at(5000) };
      assert.equal((await port['locks.publish']({ locks: [newer] })).written, 1, 'a newer lock was not written');
      expectAmount('the lock', (await service(serviceId)).lock?.unitPrice ?? null, '5', money.digits);
      const older: PriceLock = { ...lock, unitPrice: '4', lockedAt: at(-5000) };
      assert.equal((await port['locks.publish']({ locks: [older] })).written, 0, 'an older lock was written');
      expectAmount('the lock', (await service(serviceId)).lock?.unitPrice ?? null, '5', money.digits);
      assert.equal((await port['locks.publish']({ locks: [] })).written, 0);
    },
  },
  {
    id: 'prices.checked-as-at-a-checkout',
    capabilities: ['priceCheck'],
    async run({ port, driver, price, item, about }) {
      const { line, stamp, digits } = await price(item());
      const request = { currency: about.currency, lines: [item()] };
      const mine = await port['prices.check']({ ...request, clientId: driver.clients.reseller });
      assert.deepEqual([mine.decision, mine.listHash, mine.lines.length], ['wholesale', stamp.listHash, 1]);
      for (const name of ['unitPrice', 'price', 'setup', 'renewal'] as const) {
        expectAmount(name, mine.lines[0]?.[name] ?? null, line[name], digits);
      }
      const other = await port['prices.check']({ ...request, clientId: driver.clients.ordinary });
      assert.equal(other.decision, 'retail', 'a client who is no reseller gets wholesale prices');
      const nothing = { ...request, clientId: driver.clients.reseller, lines: [{ ...item(), product: 'nothing' }] };
      assert.equal((await port['prices.check'](nothing)).decision, 'refused', 'what is not sold has a price');
    },
  },
  {
    id: 'prices.pulled-before-the-answer',
    capabilities: ['pushedPriceLists'],
    async run({ port, plugin, driver }) {
      plugin.standing = { state: 'inactive', publicReason: null };
      try {
        const head = await plugin.port.pullIndex(null);
        assert.ok(head.changed);
        const { revision } = await port['prices.publish']({ revision: head.index.revision });
        assert.equal(revision, head.index.revision, 'the bridge answers before it has what was announced');
      } finally {
        plugin.standing = { state: 'active', publicReason: null };
        await driver.pull();
      }
    },
  },
  {
    id: 'prices.unreachable-plugin-is-said',
    capabilities: ['pushedPriceLists'],
    async run({ port, plugin }) {
      const head = await plugin.port.pullIndex(null);
      assert.ok(head.changed);
      plugin.away = true;
      const code = await port['prices.publish']({ revision: head.index.revision })
        .then(
          () => 'nothing',
          (error: { code?: string }) => error.code,
        )
        .finally(() => (plugin.away = false));
      assert.equal(code, 'unavailable', 'a pull that failed was answered as if it had worked');
    },
  },
];
