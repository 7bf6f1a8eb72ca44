import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { summariseRevenue } from '../../server/modules/revenue/summarise.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine, VPS_DUE } from '../support/orders.ts';
import { startProxy } from '../support/tcp-proxy.ts';

let it: Installation;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let reseller: ResellerRow;
let key: string;
beforeAll(async () => {
  const url = new URL(await freshDatabase());
  proxy = await startProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  it = await startInstallation({ databaseUrl: url.href });
  reseller = await it.makeReseller();
  ({ key } = await createKey(it.admin(), { name: 'test', resellerId: reseller.id, scopes: ['prices:read'] }));
});
afterAll(async () => {
  proxy.mend();
  await it.stop();
  proxy.close();
});

function quote(): Promise<Response> {
  return fetch(`${it.serviceUrl}/api/v1/quotes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ currency: 'USD', lines: [vpsLine] }),
  });
}

test('with the database away callers are told to try again, the shop sells on, and nothing is lost', async () => {
  const shop = await it.login('reseller');
  proxy.cut();
  const answer = await quote();
  const text = await answer.text();
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' });
  expect(text).not.toMatch(/ECONN|postgres|\.ts/);
  expect((await fetch(`${it.serviceUrl}/readyz`)).status).toBe(503);
  expect((await fetch(`${it.serviceUrl}/healthz`)).status).toBe(200);

  const { invoiceId, total } = await shop.buy([vpsLine]);
  expect(total).toBe(VPS_DUE);
  await shop.pay(invoiceId);
  await it.settle();

  proxy.mend();
  expect(await eventually(async () => ((await quote()).status === 200 ? 'back' : null))).toBe('back');
  // The bridge waits before it tries again; its clock moves on here.
  await (await it.login('admin')).ok('POST', '/api/test/clock', { days: 1 });
  await it.settle();
  await it.settle();
  const { totals } = await summariseRevenue(it.as(reseller), { days: 366 });
  expect(totals).toEqual([{ currency: 'USD', amount: VPS_DUE }]);
});
