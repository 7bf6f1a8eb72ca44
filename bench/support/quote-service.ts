import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createKey } from '../../server/modules/api-key/create.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { makeCatalogue } from './catalogue.ts';
import { serveParent } from './child.ts';
import { instantHost } from './host.ts';
import { load, type Load } from './in-process-load.ts';
import { type BenchReseller, openInstallation } from './installation.ts';
import { quoteRequest } from './requests.ts';

export interface QuoteSetup {
  databaseUrl: string;
  products: number;
  resellers: number;
  /** Own discounts that the resellers take in turn: as many rule sets. */
  ruleSets: number;
}

export interface QuoteReady {
  url: string;
  /** An API key of each reseller. */
  keys: string[];
}

/** Measure createQuote in this process, without HTTP. */
export interface QuoteQuestion {
  lines: number;
  callers: number;
  seconds: number;
}

/** The service with a compiled catalogue, on a port of its own, in this process. */
serveParent<QuoteSetup, QuoteReady, QuoteQuestion, Load>(async ({ databaseUrl, products, resellers, ruleSets }) => {
  const installation = await openInstallation(databaseUrl, instantHost({ current: makeCatalogue(products) }));
  const { service, system, as } = installation;
  await syncCatalogue(system(), {});
  const known: BenchReseller[] = [];
  const keys: string[] = [];
  for (let index = 0; index < resellers; index += 1) {
    const reseller = await installation.addReseller(`c${index}`, 1000 + 100 * (index % ruleSets));
    const { key } = await createKey(system(), { name: 'Bench', scopes: ['prices:read'], resellerId: reseller.id });
    known.push(reseller);
    keys.push(key);
  }
  // How fast it answers is measured, not where it stops.
  const unlimited = { ratePerMinute: null, resellerRatePerMinute: null };
  await service.orm.em
    .fork()
    .execute(`update settings set "values" = "values" || ? where section = 'api'`, [JSON.stringify(unlimited)]);
  await service.orm.em.fork().execute('analyze');
  const server = serve({ fetch: service.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    ready: { url: `http://127.0.0.1:${port}`, keys },
    answer: ({ lines, callers, seconds }) => {
      const requests = Array.from({ length: products }, (_, first) => quoteRequest(lines, first, products));
      const quote = (index: number) =>
        createQuote(as(known[index % known.length]!), requests[index % requests.length]!);
      return load(quote, callers, { seconds });
    },
    stop: async () => {
      server.close();
      await service.stop();
    },
  };
});
