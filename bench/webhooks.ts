import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceContext } from '../server/context.ts';
import { createWebhook } from '../server/modules/webhook/create.ts';
import { startPump } from '../server/modules/webhook/pump.ts';
import { newId } from '../server/platform/ids.ts';
import type { Bench } from './support/bench.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { instantHost } from './support/host.ts';
import { openInstallation } from './support/installation.ts';
import { limited } from './support/line.ts';

const ENDPOINTS = 100;
const HANGING = 10;
const PER_SECOND = 200;
const TICK_MS = 100;
/** Milliseconds from the event to its arrival, for 99 of 100. */
const TARGET_MS = 2000;

/**
 * Events at a steady pace to a hundred endpoints, ten of which take the connection and never answer: how long those of
 * the other ninety are on their way, from before the event is written. Receivers, service and measuring share a process.
 */
export const webhooks: Bench = {
  name: 'webhooks',
  run: async ({ quick, database, say }) => {
    const events = quick ? 2000 : 10_000;
    const { service, addReseller, as, system } = await openInstallation(
      await database('webhooks'),
      instantHost({ current: makeCatalogue(1) }),
    );
    const local = (ctx: ServiceContext): ServiceContext => ({
      ...ctx,
      webhooks: { ...ctx.webhooks, allowPrivate: true },
    });
    const sent = new Map<string, number>();
    const arrived = new Map<string, number>();
    const server = createServer((request, response) => {
      if (request.url === '/hang') return;
      arrived.set(String(request.headers['webhook-id']), performance.now());
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    say(`webhooks: ${ENDPOINTS} resellers with an endpoint each`);
    const resellers: string[] = [];
    for (let index = 0; index < ENDPOINTS; index += 1) {
      const reseller = await addReseller(`c${index}`, null);
      const url = `http://127.0.0.1:${port}/${index < HANGING ? 'hang' : 'take'}`;
      await createWebhook(local(as(reseller)), { url, events: ['order.*'] });
      resellers.push(reseller.id);
    }
    await system().em.execute('update outbox set published_at = now() where published_at is null');
    const pump = startPump(() => local(system()));

    say(`webhooks: ${events} events, ${PER_SECOND} a second`);
    const load = loadavg()[0]!;
    const began = performance.now();
    const perTick = (PER_SECOND * TICK_MS) / 1000;
    for (let made = 0; made < events; made += perTick) {
      const rows = Array.from({ length: perTick }, (_, at) => ({
        id: newId('evt'),
        reseller_id: resellers[(made + at) % ENDPOINTS]!,
        payload: { orderId: `ord_${made + at}`, status: 'active' },
      }));
      for (const row of rows) if (resellers.indexOf(row.reseller_id) >= HANGING) sent.set(row.id, performance.now());
      await system().em.execute(
        `insert into outbox (id, type, reseller_id, payload, created_at)
         select id, 'order.active', reseller_id, payload, now()
           from jsonb_to_recordset(?::jsonb) as r (id text, reseller_id text, payload jsonb)`,
        [JSON.stringify(rows)],
      );
      await sleep(Math.max(0, began + ((made + perTick) / PER_SECOND) * 1000 - performance.now()));
    }
    for (const until = Date.now() + 30_000; arrived.size < sent.size && Date.now() < until;) await sleep(50);
    server.closeAllConnections();
    server.close();
    await pump.stop();
    await service.stop();
    const delays = [...sent].map(([id, at]) => (arrived.get(id) ?? Number.POSITIVE_INFINITY) - at);
    delays.sort((a, b) => a - b);
    const share = (part: number) => delays[Math.ceil(delays.length * part) - 1]!;
    const note = `${delays.length} to ${ENDPOINTS - HANGING} endpoints beside ${HANGING} that hang, ${PER_SECOND} events/s; p50 ${share(0.5).toFixed(0)} ms, slowest ${share(1).toFixed(0)} ms; load before ${load.toFixed(1)}`;
    return [limited({ bench: 'webhooks.delay-p99', unit: 'ms', ours: [share(0.99)], note }, TARGET_MS)];
  },
};
