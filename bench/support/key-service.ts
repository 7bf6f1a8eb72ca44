import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { authenticateKey } from '../../server/modules/api-key/authenticate.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { makeCatalogue } from './catalogue.ts';
import { serveParent } from './child.ts';
import { instantHost } from './host.ts';
import { load, type Load } from './in-process-load.ts';
import { openInstallation } from './installation.ts';

/** As many as the peer has. */
const KEYS = 100;

export interface KeysReady {
  url: string;
  /** A key of each reseller, with one event to read: that it was made. */
  keys: string[];
}

/** Measure the check of keys in this process, without HTTP. */
export interface KeyQuestion {
  callers: number;
  seconds: number;
}

/** The service with keys whose limits count and are never reached, on a port of its own, in this process. */
serveParent<{ databaseUrl: string }, KeysReady, KeyQuestion, Load>(async ({ databaseUrl }) => {
  const { service, system, addReseller } = await openInstallation(
    databaseUrl,
    instantHost({ current: makeCatalogue(1) }),
  );
  const keys: KeysReady['keys'] = [];
  for (let index = 0; index < KEYS; index += 1) {
    const reseller = await addReseller(`c${index}`, null);
    const { key } = await createKey(system(), {
      name: 'Bench',
      scopes: ['webhooks:manage'],
      resellerId: reseller.id,
      allowlist: ['127.0.0.0/8', '::1/128'],
    });
    keys.push(key);
  }
  while (await fanOut(system()));
  const high = { ratePerMinute: 100_000, resellerRatePerMinute: 1_000_000 };
  const em = service.orm.em.fork();
  await em.execute(`update settings set "values" = "values" || ? where section = 'api'`, [JSON.stringify(high)]);
  await em.execute('analyze');
  const server = serve({ fetch: service.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  const reader = system();
  return {
    ready: { url: `http://127.0.0.1:${port}`, keys },
    answer: ({ callers, seconds }) =>
      load(
        async (index) => {
          const found = await authenticateKey(reader, keys[index % keys.length]!, '127.0.0.1');
          if (!found?.actor) throw new Error('A key was refused.');
        },
        callers,
        { seconds },
      ),
    stop: async () => {
      server.close();
      await service.stop();
    },
  };
});
