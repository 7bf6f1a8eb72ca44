import { afterAll, beforeAll, expect, test } from 'vitest';
import { explorePrices } from '../../server/modules/price-version/explore.ts';
import { previewTerms } from '../../server/modules/reseller/preview-terms.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { lowerLocks } from '../../server/modules/service/lower-locks.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let reseller: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  reseller = await it.makeReseller({ tierId: 'silver' });
  const shop = await it.login('reseller');
  const { invoiceId } = await shop.buy([vpsLine]);
  await shop.pay(invoiceId);
  await it.settle();
});
afterAll(() => it.stop());

/** Every line of the reseller in all currencies, as "product component term currency charge" and its wholesale. */
async function wholesale(): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const currency of ['USD', 'EUR', 'JPY']) {
    const { rows } = await explorePrices(it.admin(), { resellerId: reseller.id, currency, limit: 100 });
    for (const { product, lines } of rows) {
      for (const { component, term, charge, wholesale: amount } of lines)
        all.set([product, component, term, currency, charge].join(' '), amount);
    }
  }
  return all;
}
/** What the service costs at its next renewal. */
async function renewal(): Promise<string> {
  const rows = await it
    .system()
    .em.execute<{ price: string }[]>(
      `select unit_price as price from price_lock where status in ('pending', 'active') order by locked_at desc limit 1`,
    );
  return rows[0]!.price;
}
const preview = (tierId: string, ownDiscountBp: number | null = null) =>
  previewTerms(it.admin(), { id: reseller.id, tierId, ownDiscountBp });

test('what other terms would do is what they do, line by line, and service by service', async () => {
  const before = await wholesale();
  const renews = await renewal();
  const said = await preview('gold', 3000);
  expect(await wholesale()).toEqual(before);
  await setTerms(it.admin(), { id: reseller.id, version: reseller.version, tierId: 'gold', ownDiscountBp: 3000 });
  await lowerLocks(it.system(), { resellerId: reseller.id });
  const after = await wholesale();
  const moved = [...before].filter(([line, amount]) => after.get(line) !== amount);
  const down = moved.filter(([line, amount]) => Number(after.get(line)) < Number(amount));
  expect(down.length).toBeGreaterThan(100);
  expect(said.lines).toMatchObject({ down: down.length, up: moved.length - down.length, fixed: 0, atFloor: 0 });
  // 10.00 + 2 × 1.25 + 3.00 at retail, each rounded by itself: 15 % off, then 30 %.
  expect([renews, await renewal()]).toEqual(['13.17', '10.86']);
  expect(said).toMatchObject({
    servicesCheaper: 1,
    monthly: [{ currency: 'USD', before: '13.17', change: '-2.31' }],
  });
});

test('dearer terms make lines dearer and leave running services alone', async () => {
  const said = await preview('bronze');
  expect(said.lines.up).toBeGreaterThan(100);
  expect(said).toMatchObject({
    lines: { down: 0 },
    servicesCheaper: 0,
    monthly: [{ before: '10.86', change: '0.00' }],
  });
});

test('an unknown reseller or tier is said to be unknown', async () => {
  await expect(preview('nobody')).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    previewTerms(it.admin(), { id: 'rs_unknown', tierId: 'gold', ownDiscountBp: null }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
