import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Child, startChild } from '../../scripts/child.ts';
import { createWebhook } from '../../server/modules/webhook/create.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { eventually } from '../support/eventually.ts';
import { emit, startReceiver } from '../support/webhooks.ts';

/** Two services as processes of their own on one database, one of which dies in the middle of a delivery. */
let it: Installation;
let folder: string;
let children: Child[] = [];
beforeEach(async () => {
  it = await startInstallation();
  folder = mkdtempSync(join(tmpdir(), 'reseller-webhooks-'));
  writeFileSync(join(folder, 'installation-keys.json'), JSON.stringify(it.keys), { mode: 0o600 });
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.stop(0)));
  children = [];
  await it.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startService(): Promise<Child> {
  const child = await startChild(fileURLToPath(new URL('../../server/main.ts', import.meta.url)), {
    ...process.env,
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: it.databaseUrl,
    RESELLER_HOST_URL: it.hostUrl,
    WEBHOOKS_ALLOW_PRIVATE: '1',
    LOG_LEVEL: 'silent',
  });
  children.push(child);
  return child;
}

test('kill -9 of a process while it delivers loses no event, and none leaves the sequence of its object', async () => {
  const reseller = await it.makeReseller();
  let hanging = true;
  const receiver = await startReceiver(() => (hanging ? null : 204));
  const { em, ...rest } = it.as(reseller);
  const { secret } = await createWebhook(
    { ...rest, em, webhooks: { ...rest.webhooks, allowPrivate: true } },
    { url: receiver.url, events: ['order.*'] },
  );
  const first = await startService();
  const types = ['order.created', 'order.pending', 'order.paid', 'order.active'];
  for (const type of types)
    for (const id of ['a', 'b', 'c']) await emit(it.system(), type, reseller.id, { orderId: id });
  await eventually(async () => receiver.received.length >= 3);
  first.process.kill('SIGKILL');
  const before = receiver.received.length;
  hanging = false;
  // The dead one's lease runs out at once, instead of after half a minute.
  await it.system().em.execute(`update webhook_delivery set lease_until = now() where lease_until is not null`);
  await startService();
  await startService();
  await eventually(async () => {
    const [row] = await it
      .system()
      .em.execute<{ n: number }[]>(`select count(*)::int as n from webhook_delivery where state = 'delivered'`);
    return row!.n === types.length * 3;
  });
  const accepted = receiver.received.slice(before);
  for (const id of ['a', 'b', 'c']) {
    const mine = accepted.filter(({ body }) => body.data['orderId'] === id).map(({ body }) => body.type);
    expect([...new Set(mine)], id).toEqual(types);
    expect(mine, id).toEqual(mine.toSorted((x, y) => types.indexOf(x) - types.indexOf(y)));
  }
  for (const { text, headers } of accepted) new Webhook(secret).verify(text, headers);
  receiver.stop();
});
