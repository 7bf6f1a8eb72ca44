import { inProcessPlugin } from '../hooks/transport/in-process.ts';
import { createKeys } from '../hooks/transport/keys.ts';
import { readClient } from '../hooks/hosts/sandbox/accounts.ts';
import { writeProduct } from '../hooks/hosts/sandbox/catalogue.ts';
import { checkout as placeInShop } from '../hooks/hosts/sandbox/orders.ts';
import { createSandbox, type Sandbox } from '../hooks/hosts/sandbox/create-sandbox.ts';
import { seed } from '../hooks/hosts/sandbox/seed.ts';
import { syncCatalogue } from '../server/modules/catalogue/sync.ts';
import { PriceReader } from '../server/modules/price-list/reader.ts';
import { priceSource } from '../server/modules/price-list/source.ts';
import type { Bench } from './support/bench.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { instantHost } from './support/host.ts';
import { openInstallation } from './support/installation.ts';
import { figure, type Line } from './support/line.ts';
import { quoteRequest } from './support/requests.ts';
import { quantile } from './support/statistics.ts';

const PRODUCTS = 200;
const LINES = { 'one-line': 1, 'twenty-lines': 20 } as const;

/**
 * What the hook adds to a checkout of the sandbox host: a reseller's order, priced and guarded by the bridge, beside the
 * same order with the bridge left out. Both commit to SQLite with full sync; nothing goes over the network.
 */
export const checkout: Bench = {
  name: 'checkout',
  run: async ({ quick, database, folder, say }) => {
    const rounds = quick ? 2 : 7;
    const orders = quick ? 10 : 40;
    say('checkout: compiling a catalogue and pulling it into the sandbox host');
    const sandbox = await openShop(await database('checkout'), folder('sandbox'));
    const client = readClient(sandbox.host, '1');
    const lines: Line[] = [];
    for (const [name, count] of Object.entries(LINES)) {
      const bare: number[] = [];
      const hooked: number[] = [];
      const added: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        say(`checkout: ${name}, ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`);
        const without: number[] = [];
        const withHook: number[] = [];
        // Turn by turn, so that both meet the same disk.
        for (let order = 0; order < orders; order += 1) {
          const request = quoteRequest(count, order * 7, PRODUCTS);
          without.push(timed(() => placeInShop(sandbox.host, client, request, 'shop', true).order, 'retail'));
          withHook.push(timed(() => placeInShop(sandbox.host, client, request, 'shop').order, 'wholesale'));
        }
        if (round === 0) continue;
        bare.push(middle(without));
        hooked.push(middle(withHook));
        added.push(middle(withHook) - middle(without));
      }
      lines.push(
        figure({ bench: `checkout.${name}.bare`, unit: 'ms', ours: bare }),
        figure({ bench: `checkout.${name}.hooked`, unit: 'ms', ours: hooked }),
        figure({ bench: `checkout.${name}.added`, unit: 'ms', ours: added }),
      );
    }
    await sandbox.stop();
    return lines;
  },
};

/** The sandbox host with a reseller whose price list it has pulled. The service is away by the time orders come. */
async function openShop(databaseUrl: string, dataDir: string): Promise<Sandbox> {
  const answer = makeCatalogue(PRODUCTS);
  const { service, system, addReseller } = await openInstallation(databaseUrl, instantHost({ current: answer }));
  const source = priceSource(
    new PriceReader(),
    () => service.orm.em.fork(),
    () => new Date(),
  );
  const plugin = inProcessPlugin(async () => ({ outcome: 'applied' }), source);
  const sandbox = createSandbox({ dataDir, keys: createKeys(), serviceUrl: 'http://127.0.0.1', plugin });
  seed(sandbox.host, {
    adminPassword: 'bench-admin',
    resellerPassword: 'bench-reseller',
    clientPassword: 'bench-client',
  });
  for (const [index, product] of answer.catalogue.products.entries()) {
    writeProduct(sandbox.host, { product, display: answer.display.products[index]!, failsSetup: false });
  }
  await syncCatalogue(system(), {});
  await addReseller('1', 2000);
  if (!(await sandbox.jobs.pull())) throw new Error(`The price list was not pulled: ${sandbox.jobs.status.pullError}`);
  await service.stop();
  return sandbox;
}

/** Milliseconds for an order, which must have been priced as said. */
function timed(place: () => { stamp: object | null }, priced: 'wholesale' | 'retail'): number {
  const begin = performance.now();
  const { stamp } = place();
  const took = performance.now() - begin;
  if ((stamp === null) !== (priced === 'retail')) throw new Error(`An order was not priced at ${priced}.`);
  return took;
}

function middle(times: number[]): number {
  return quantile(
    times.toSorted((left, right) => left - right),
    0.5,
  );
}
