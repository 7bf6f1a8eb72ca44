import assert from 'node:assert/strict';
import type { HostInvoice, PriceLock } from '../../contract/index.ts';
import type { ConformanceCase } from '../case.ts';
import { eventually } from '../eventually.ts';
import { expectAmount, expectRefusal } from '../expect.ts';
import type { Trial } from '../trial.ts';
import { invoiced } from './invoices.ts';

/** A paid order's service with the lock it runs on. */
async function running(trial: Trial): Promise<{ id: string; lock: PriceLock; digits: number }> {
  const { id: invoiceId, lines, money } = await invoiced(trial);
  await trial.levers.pay(invoiceId);
  const id = lines.find(({ serviceId }) => serviceId !== null)?.serviceId ?? '';
  const { lock, status } = await trial.service(id);
  assert.ok(lock, 'a service that was bought at wholesale has no lock');
  assert.ok(status === 'active' || status === 'setup_failed', `a paid service is ${status}`);
  return { id, lock, digits: money.digits };
}

/** Newest moment first wins in a bridge's table: one that is later than any lock before. */
const later = ({ lockedAt }: PriceLock, ms: number): string => new Date(Date.parse(lockedAt) + ms).toISOString();

async function renewalOf({ port, driver }: Trial, serviceId: string, known: string[]): Promise<HostInvoice> {
  return eventually('a renewal invoice', async () => {
    const { invoices } = await port['invoices.list']({ clientIds: [driver.clients.reseller], limit: 500 });
    return invoices.find(
      ({ id, lines, status }) =>
        !known.includes(id) &&
        status !== 'draft' &&
        lines.some((line) => line.serviceId === serviceId && line.occasion === 'renewal'),
    );
  });
}

function renewedAt({ lines }: HostInvoice, serviceId: string): string | null {
  return lines.find((line) => line.serviceId === serviceId && line.occasion === 'renewal')?.unitPrice ?? null;
}

export const serviceCases: readonly ConformanceCase[] = [
  {
    id: 'services.locked-when-ordered',
    async run(trial) {
      const order = await trial.place();
      const [line] = order.lines;
      const { lock, money, recurring } = await trial.service(line?.serviceId ?? '');
      assert.ok(lock, 'a service that was ordered at wholesale has no lock');
      expectAmount('the lock', lock.unitPrice, line?.renewal ?? null, money.digits);
      expectAmount('what the host will invoice', recurring, line?.renewal ?? null, money.digits);
      assert.equal(lock.clientId, trial.driver.clients.reseller);
      assert.equal(lock.listHash, order.stamp?.listHash);
    },
  },
  {
    id: 'services.pinned-at-another-price',
    async run(trial) {
      const order = await trial.place();
      const serviceId = order.lines[0]?.serviceId ?? '';
      const { lock, money } = await trial.service(serviceId);
      assert.ok(lock, 'the service has no lock');
      const pinned: PriceLock = {
        ...lock,
        unitPrice: '7',
        components: [],
        listHash: null,
        lockedAt: later(lock, 5000),
      };
      const { service } = await trial.port['services.pin']({ serviceId, lock: pinned, reason: 'conformance' });
      expectAmount('what the host will invoice', service.recurring, '7', money.digits);
      expectAmount('the lock', service.lock?.unitPrice ?? null, '7', money.digits);
      const old = {
        serviceId,
        lock: { ...pinned, unitPrice: '1', lockedAt: later(lock, -5000) },
        reason: 'conformance',
      };
      await expectRefusal('an older lock', ['conflict', 'refused'], trial.port['services.pin'](old));
      expectAmount('what the host will invoice', (await trial.service(serviceId)).recurring, '7', money.digits);
    },
  },
  {
    id: 'services.renewed-at-the-lock',
    levers: ['pay', 'advanceClock'],
    async run(trial) {
      const { id, lock, digits } = await running(trial);
      await trial.levers.advanceClock(33);
      await trial.driver.pull();
      const renewal = await renewalOf(trial, id, []);
      expectAmount('the renewal', renewedAt(renewal, id), lock.unitPrice, digits);
      await trial.levers.pay(renewal.id);
    },
  },
  {
    id: 'services.silent-edit-is-corrected-before-sending',
    levers: ['pay', 'advanceClock', 'editServicePrice'],
    async run(trial) {
      const { id, lock, digits } = await running(trial);
      await trial.levers.editServicePrice(id, '99');
      await trial.levers.advanceClock(33);
      await trial.driver.pull();
      expectAmount('the renewal', renewedAt(await renewalOf(trial, id, []), id), lock.unitPrice, digits);
    },
  },
  {
    id: 'services.published-lock-drives-the-renewal',
    levers: ['pay', 'advanceClock'],
    async run(trial) {
      const { id, lock, digits } = await running(trial);
      const newer: PriceLock = { ...lock, unitPrice: '6', components: [], listHash: null, lockedAt: later(lock, 5000) };
      assert.equal((await trial.port['locks.publish']({ locks: [newer] })).written, 1);
      await trial.levers.advanceClock(33);
      await trial.driver.pull();
      expectAmount('the renewal', renewedAt(await renewalOf(trial, id, []), id), '6', digits);
    },
  },
];
