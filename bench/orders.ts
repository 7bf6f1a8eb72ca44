import { randomUUID } from 'node:crypto';
import type { HostEvent, HostInvoice, HostPort } from '../hooks/contract/index.ts';
import { CONTRACT_VERSION } from '../hooks/contract/index.ts';
import { syncCatalogue } from '../server/modules/catalogue/sync.ts';
import { receiveEvent } from '../server/modules/intake/receive.ts';
import { placeOrder } from '../server/modules/order/place.ts';
import { createQuote } from '../server/modules/quote/create.ts';
import { openBareInsert } from './support/bare-insert.ts';
import type { Bench } from './support/bench.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { instantHost } from './support/host.ts';
import { load } from './support/in-process-load.ts';
import { type BenchReseller, type Installation, openInstallation } from './support/installation.ts';
import { compared } from './support/line.ts';
import { quoteRequest } from './support/requests.ts';

const CALLERS = 10;
const PRODUCTS = 100;
const RESELLERS = 50;
const TARGET = 0.4;
const PEER = 'MikroORM insert';

/**
 * Placing an order at a host that answers at once, and booking its paid invoice into ledger and rollup, each beside one
 * row that MikroORM inserts in a transaction. Everything is flushed to disk, as in production.
 */
export const orders: Bench = {
  name: 'orders',
  run: async ({ quick, database, say }) => {
    const rounds = quick ? 2 : 5;
    const count = quick ? 60 : 200;
    say('orders: compiling a catalogue');
    const { host, invoices } = recording(instantHost({ current: makeCatalogue(PRODUCTS) }));
    const installation = await openInstallation(await database('orders'), host);
    await syncCatalogue(installation.system(), {});
    const resellers: BenchReseller[] = [];
    for (let index = 0; index < RESELLERS; index += 1)
      resellers.push(await installation.addReseller(`c${index}`, 2000));
    const bare = await openBareInsert(await database('insert_peer'));

    const held = { place: [] as number[], book: [] as number[], before: [] as number[], after: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      say(round === 0 ? 'orders: warming up' : `orders: round ${round} of ${rounds}`);
      const wanted = await quotedOrders(installation, resellers, count);
      invoices.length = 0;
      const before = await load(bare.insert, CALLERS, { count: count * 3 });
      const place = await load((index) => wanted[index]!(), CALLERS, { count });
      const paid = invoices.map(paidEvent);
      const after = await load(bare.insert, CALLERS, { count: count * 3 });
      const book = await load((index) => bookOnce(installation, paid[index]!), CALLERS, { count });
      if (round === 0) continue;
      held.before.push(before.perSecond);
      held.place.push(place.perSecond);
      held.after.push(after.perSecond);
      held.book.push(book.perSecond);
    }
    await installation.service.stop();
    await bare.stop();
    return [
      compared(
        { bench: 'orders.place', unit: 'orders/s', ours: held.place },
        { name: PEER, samples: held.before },
        TARGET,
      ),
      compared(
        { bench: 'orders.book', unit: 'invoices/s', ours: held.book },
        { name: PEER, samples: held.after },
        TARGET,
      ),
    ];
  },
};

/** The host, with every invoice it issued. */
function recording(host: HostPort): { host: HostPort; invoices: HostInvoice[] } {
  const invoices: HostInvoice[] = [];
  const issue: HostPort['invoices.issue'] = async (request) => {
    const answer = await host['invoices.issue'](request);
    invoices.push(answer.invoice);
    return answer;
  };
  return { host: { ...host, 'invoices.issue': issue }, invoices };
}

/** Orders ready to be placed: each with a fresh quote of its own, which is not part of what is measured. */
async function quotedOrders({ as }: Installation, resellers: BenchReseller[], count: number) {
  const wanted: (() => Promise<void>)[] = [];
  for (let index = 0; index < count; index += 1) {
    const reseller = resellers[index % resellers.length]!;
    const request = quoteRequest(1, index, PRODUCTS);
    const { quote } = await createQuote(as(reseller), request);
    wanted.push(async () => {
      const row = await placeOrder(as(reseller), { ...request, quote, idempotencyKey: randomUUID() });
      if (row.status !== 'pending') throw new Error(`An order ended as ${row.status}.`);
    });
  }
  return wanted;
}

function paidEvent(issued: HostInvoice): HostEvent {
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const payment = { id: `p${issued.id}`, at, method: 'gateway' };
  return {
    id: `evt_${randomUUID()}`,
    type: 'invoice.paid',
    contract: CONTRACT_VERSION,
    occurredAt: at,
    aggregate: { type: 'invoice', id: issued.id, version: 2 },
    data: { invoice: { ...issued, status: 'paid', paidAt: at }, payment },
  };
}

async function bookOnce({ host }: Installation, event: HostEvent): Promise<void> {
  const { outcome } = await receiveEvent(host(), { event });
  if (outcome !== 'applied') throw new Error(`A paid invoice was ${outcome}.`);
}
