import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { endWholesale } from '../../server/modules/service/end-wholesale.ts';
import { lowerLocks } from '../../server/modules/service/lower-locks.ts';
import { publishLocks } from '../../server/modules/service/publish-locks.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';
import type { ShopClient } from '../support/shop-client.ts';

let it: Installation;
let reseller: ResellerRow;
let shop: ShopClient;
let staff: ShopClient;
beforeAll(async () => {
  it = await startInstallation();
  [shop, staff] = await Promise.all([it.login('reseller'), it.login('admin')]);
});
afterAll(() => it.stop());

async function setTier(tierId: string): Promise<void> {
  const { id, version } = await getReseller(it.admin(), { id: reseller.id });
  await setTerms(it.admin(), { id, version, tierId, ownDiscountBp: null });
  await lowerLocks(it.system(), { resellerId: id });
  await it.settle();
}

/** Moves the host's clock over the next renewal and answers what the mails of it charge. */
async function renew(): Promise<string[]> {
  const before = (await staff.ok<{ mails: unknown[] }>('GET', '/api/test/mail')).mails.length;
  await staff.ok('POST', '/api/test/clock', { days: 31 });
  await it.settle();
  const { mails } = await staff.ok<{ mails: { invoiceId: string; total: string }[] }>('GET', '/api/test/mail');
  const renewals = mails.slice(before);
  for (const { invoiceId } of renewals) await staff.ok('POST', `/api/invoices/${invoiceId}/pay`, {});
  await it.settle();
  return renewals.map(({ total }) => total);
}

test('a service from before the approval keeps its price, and its renewal is not held', async () => {
  const { invoiceId, total } = await shop.buy([vpsLine]);
  expect(total).toBe('20.50');
  await shop.pay(invoiceId);
  reseller = await it.makeReseller();
  await publishLocks(it.system(), { resellerId: reseller.id });
  expect(await renew()).toEqual(['15.50']);
});

test('renewals cost the lock when retail moved, and become cheaper, never dearer, with the terms', async () => {
  const { invoiceId, total } = await shop.buy([vpsLine]);
  expect(total).toBe(VPS_DUE);
  await shop.pay(invoiceId);
  await it.settle();

  await staff.ok('POST', '/api/admin/products/vps-s/price', {
    component: 'base',
    term: '1M',
    currency: 'USD',
    price: '11.00',
  });
  await syncCatalogue(it.system(), {});
  expect((await renew()).toSorted()).toEqual(['12.40', '15.50']);

  await setTier('silver');
  expect((await renew()).toSorted()).toEqual(['12.40', '15.50']);

  await staff.ok('POST', '/api/admin/products/vps-s/price', {
    component: 'base',
    term: '1M',
    currency: 'USD',
    price: '10.00',
  });
  await syncCatalogue(it.system(), {});
  await setTier('diamond');
  // 7.00 + 2.10 + 2 × 0.88 at 30 % off.
  expect((await renew()).toSorted()).toEqual(['10.86', '15.50']);
  const { rows } = await listActivity(it.as(reseller), { action: 'service.price_lowered' });
  expect(rows).toMatchObject([{ before: { unitPrice: '12.40' }, after: { unitPrice: '10.86' } }]);
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

test('services of a terminated reseller keep their locks until the chosen day, and renew at retail from then on', async () => {
  const { id, version } = await getReseller(it.admin(), { id: reseller.id });
  const terminated = { status: 'terminated' as const, locksEndOn: '2099-01-01' };
  await setStatus(it.admin(), { id, version, ...terminated });
  await it.settle();
  expect(await endWholesale(it.system())).toBe(0);
  expect((await renew()).toSorted()).toEqual(['10.86', '15.50']);
  await it.service.orm.em.fork().execute(`update reseller set locks_end_on = '2020-01-01' where id = ?`, [id]);
  expect(await endWholesale(it.system())).toBe(1);
  expect(await endWholesale(it.system())).toBe(0);
  expect((await renew()).toSorted()).toEqual(['15.50', '15.50']);
});
