import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeys, createResellerPlugin, type HostInvoice, type ResellerPlugin } from '../../server/plugin.ts';
import { adminPermissions } from '../../server/permissions.ts';
import { freshDatabase } from '../support/database.ts';
import { createNodeHost } from '../support/node-host.ts';

const vps = { product: 'vps', term: '1M', quantity: 1, options: {} };
const shop = createNodeHost();
let databaseUrl: string;
let plugin: ResellerPlugin;

/** One procedure as an administrator of the host, through the plugin's own paths. */
async function ask<Answer>(method: 'GET' | 'POST', path: string, input: object): Promise<Answer> {
  const scopes = [...adminPermissions];
  const token = await plugin.mintSession({ sub: 'admin:1', portal: 'admin', scopes, account: null, sid: 'session-1' });
  const query = method === 'GET' ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const response = await plugin.fetch(
    new Request(`http://plugin.local/trpc/${path}${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
    }),
  );
  const body = (await response.json()) as { result?: { data: Answer } };
  if (!body.result) throw new Error(JSON.stringify(body));
  return body.result.data;
}

/** Wholesale paid so far, from the dashboard's own figures. */
async function revenue(): Promise<string> {
  const { rows } = await ask<{ rows: { revenue: { currency: string; amount: string }[] }[] }>(
    'GET',
    'resellers.list',
    {},
  );
  return rows[0]?.revenue.find(({ currency }) => currency === 'USD')?.amount ?? '0.00';
}

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  plugin = createResellerPlugin({ host: shop.host, databaseUrl, logLevel: 'error' });
  plugin.hooks.register(shop.lifecycle);
});
afterAll(() => plugin.stop());

test('refuses orders for now until the plugin knows who is a reseller', () => {
  expect(() => shop.buy('7', vps)).toThrow('Prices are being prepared');
});

test('answers 503 before it is started, and serves afterwards', async () => {
  expect((await plugin.fetch(new Request('http://plugin.local/healthz'))).status).toBe(503);
  await plugin.start();
  expect((await plugin.fetch(new Request('http://plugin.local/readyz'))).status).toBe(200);
});

test('leaves ordinary clients at retail', async () => {
  const invoice = shop.buy('7', vps);
  expect(invoice.total).toBe('10.00');
  shop.pay(invoice);
  await plugin.delivered();
});

test('sells to a reseller at wholesale and books revenue when the invoice is paid', async () => {
  const reseller = await ask<{ id: string }>('POST', 'resellers.create', { hostClientId: '7', company: 'Rosa Resale' });
  expect(reseller.id).toMatch(/^rs_/);
  await expect
    .poll(() => plugin.hooks.priceOrder({ clientId: '7', currency: 'USD', lines: [vps] }).decision)
    .toBe('wholesale');
  const invoice = shop.buy('7', vps);
  expect(invoice.total).toBe('9.00');
  expect(await revenue()).toBe('0.00');
  shop.pay(invoice);
  await plugin.delivered();
  expect(await revenue()).toBe('9.00');
});

test('books a payment once, however often and in whatever order it is told', async () => {
  const invoice = shop.buy('7', vps);
  const unpaid = structuredClone(invoice);
  shop.pay(invoice);
  shop.pay(invoice);
  const paid: HostInvoice = structuredClone(invoice);
  const payment = { id: `p-${invoice.id}`, at: paid.paidAt ?? '', method: 'card' };
  plugin.hooks.invoicePaid({ invoice: paid, payment }, { version: 5 });
  plugin.hooks.invoiceIssued({ invoice: unpaid }, { version: 1 });
  await plugin.delivered();
  expect(await revenue()).toBe('18.00');
  const { rows } = await ask<{ rows: { status: string }[] }>('GET', 'orders.list', {});
  expect(rows.map(({ status }) => status)).toEqual(['paid', 'paid']);
});

test('corrects a renewal to its lock, also in a process that was started later', async () => {
  await plugin.stop();
  plugin = createResellerPlugin({ host: shop.host, databaseUrl, logLevel: 'error' });
  plugin.hooks.register(shop.lifecycle);
  await plugin.start();
  const issued = (await shop.host['invoices.list']({ clientIds: ['7'], limit: 10 })).invoices.at(-1);
  if (!issued) throw new Error('no invoice');
  const renewal = {
    ...issued,
    lines: issued.lines.map((line) => ({
      ...line,
      occasion: 'renewal' as const,
      unitPrice: '10.00',
      amount: '10.00',
      net: '10.00',
    })),
  };
  const lineId = issued.lines[0]?.id;
  expect(plugin.hooks.checkInvoice(renewal)).toEqual({
    decision: 'correct',
    corrections: [{ lineId, unitPrice: '9.00', reason: 'differs_from_lock' }],
  });
});

test('a second process learns of locks within seconds', async () => {
  const other = createResellerPlugin({ host: shop.host, databaseUrl, keys: createKeys(), logLevel: 'error' });
  await other.start();
  try {
    const invoice = shop.buy('7', vps);
    await plugin.delivered();
    const lines = invoice.lines.map((line) => ({ ...line, occasion: 'renewal' as const }));
    await expect
      .poll(() => other.hooks.checkInvoice({ ...invoice, lines }).decision, { timeout: 10_000, interval: 200 })
      .toBe('pass');
  } finally {
    await other.stop();
  }
});

test('says at once when the database cannot be reached', async () => {
  const lost = createResellerPlugin({
    host: shop.host,
    databaseUrl: 'postgresql://a:b@127.0.0.1:1/none',
    logLevel: 'silent',
  });
  await expect(lost.start()).rejects.toThrow();
  await lost.stop();
});

test('says at once when a report does not fit the contract', () => {
  expect(() => plugin.hooks.invoiceIssued({ invoice: { id: '1' } as HostInvoice })).toThrow();
});
