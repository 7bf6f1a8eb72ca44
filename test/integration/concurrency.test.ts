import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQuote } from '../../server/modules/quote/create.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { runReconcile } from '../../server/modules/reconcile/run.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller();
});
afterAll(() => it.stop());

const request = { currency: 'USD', lines: [vpsLine] };

test('orders and tier changes at once: every order costs what its quote said, and nothing is doubled', async () => {
  const dueOf: Record<string, string> = { gold: '17.40', silver: '18.18', platinum: '16.63' };
  const orders = Array.from({ length: 16 }, async (_, index) => {
    const { quote, dueNow } = await createQuote(it.as(reseller), request);
    const row = await placeOrder(it.as(reseller), { ...request, quote, idempotencyKey: `concurrent-${index}` });
    return { row, dueNow };
  });
  const changes = Array.from({ length: 6 }, async (_, index) => {
    const { version } = await getReseller(it.admin(), { id: reseller.id });
    const tierId = ['silver', 'platinum', 'gold'][index % 3]!;
    await setTerms(it.admin(), { id: reseller.id, version, tierId, ownDiscountBp: null }).catch(
      (error: { code?: string }) => {
        expect(error.code).toBe('version_mismatch');
      },
    );
  });
  const placed = await Promise.all(orders);
  await Promise.all(changes);
  for (const { row, dueNow } of placed) {
    expect(row.total).toBe(dueNow);
    expect(Object.values(dueOf)).toContain(dueNow);
    expect(row.status).toBe('pending');
  }
  expect((await listOrders(it.as(reseller), {})).total).toBe(16);
  const host = await it.sandbox.port['orders.list']({ clientIds: ['1'], limit: 100 });
  expect(host.orders).toHaveLength(16);
  await it.settle();
  expect((await runReconcile(it.system(), {})).differences).toEqual([]);
});

test('a double click places one order', async () => {
  const { quote } = await createQuote(it.as(reseller), request);
  const before = (await listOrders(it.as(reseller), {})).total;
  const rows = await Promise.all(
    Array.from({ length: 8 }, () => placeOrder(it.as(reseller), { ...request, quote, idempotencyKey: 'double-click' })),
  );
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  expect((await listOrders(it.as(reseller), {})).total).toBe(before + 1);
  const host = await it.sandbox.port['orders.find']({ reference: rows[0]!.id });
  expect(host.order?.reference).toBe(rows[0]!.id);
});

test('of two admins who decide at once one is told that the other was first', async () => {
  const { version } = await getReseller(it.admin(), { id: reseller.id });
  const outcomes = await Promise.allSettled(
    ['bronze', 'diamond'].map((tierId) =>
      setTerms(it.admin(), { id: reseller.id, version, tierId, ownDiscountBp: null }),
    ),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'version_mismatch' } });
});
