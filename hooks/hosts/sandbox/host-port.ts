import { CONTRACT_VERSION, HostError, type Capability, type HostPort, type PricedLine } from '../../contract/index.ts';
import { hostPortOf, runCall } from '../../transport/run-call.ts';
import { readClient } from './accounts.ts';
import { readCatalogue } from './catalogue.ts';
import { payFromCredit } from './checkout.ts';
import { addCredit, readCredit } from './credit.ts';
import { readFaults, writeFaults } from './faults.ts';
import { readIncome } from './income.ts';
import { editLine } from './invoices.ts';
import { issueOrderInvoice } from './issue-invoice.ts';
import { emit, find, list, load, momentNow, moneyOf, Refusal, save, toMinor, toText, view, ZONE, type Host } from './kit.ts';
import { cancelOrder, writeOrder } from './orders.ts';
import { changeTicket } from './tickets.ts';

const capabilities: Capability[] = [
  ...([
    'optionPrices',
    'addonProducts',
    'domains',
    'setupFees',
    'displayOverride',
    'nativeCheckout',
    'refunds',
  ] as const),
  ...(['accountCredit', 'paymentMethods', 'tickets', 'income', 'cancelOrder', 'pushedPriceLists'] as const),
];
const methods = [
  { id: 'gateway', title: 'Card (test gateway)', credit: false },
  { id: 'credit', title: 'Account credit', credit: true },
];
const urls = {
  client: '/admin/clients#{id}',
  invoice: '/portal/invoices/{id}',
  order: '/portal/orders#{id}',
  service: '/portal/services#{id}',
};
const about = {
  kind: 'sandbox',
  name: 'Sandbox Hosting',
  version: '1.0.0',
  contract: CONTRACT_VERSION,
  zone: ZONE,
  currency: 'USD',
  urls,
};

/** Pinned amounts must be the currency's and add up: the host bills them as they are. */
function checkPinned({ product, unitPrice, price, setup, renewal, quantity }: PricedLine, digits: number): void {
  const [unit = -1, sum = -1, ...others] = [unitPrice, price, setup, renewal ?? '0'].map((text) =>
    toMinor(text, digits),
  );
  if (Math.min(unit, ...others) >= 0 && sum === unit * quantity) return;
  throw new Refusal('amount_refused', `The pinned prices of "${product}" are below zero or do not add up.`);
}

/** A page of a list under the name that the contract gives it. */
function named<Name extends string, Entry>(name: Name, { page, cursor }: { page: Entry[]; cursor: string | null }) {
  return { [name]: page, cursor } as Record<Name, Entry[]> & { cursor: string | null };
}

/** The sandbox as the plugin sees it. `pull` brings the bridge's price lists up to date and tells whether it could. */
export function createHostPort(host: Host, pull: () => Promise<boolean>): HostPort {
  const { db, store } = host;
  const findOrder = (reference: string) => {
    const [found] = find(host, 'order', "json ->> '$.reference' = ? ORDER BY id", reference);
    return found ? view(host, 'order', found.id) : null;
  };
  const port: HostPort = {
    async describe() {
      const unique: Capability[] = readFaults(host).uniqueReferences ? ['uniqueReferences'] : [];
      return { ...about, capabilities: [...capabilities, ...unique], now: momentNow(host) };
    },
    'catalogue.read': async () => readCatalogue(host),
    'clients.list': async (query) => named('clients', list(host, 'client', query)),
    'paymentMethods.list': async ({ clientId }) => ({ methods: readClient(host, clientId) && methods }),
    async 'orders.place'({ lines, money: { currency }, paymentMethod: _later, ...order }) {
      const money = moneyOf(host, currency);
      if (readClient(host, order.clientId).status !== 'active')
        throw new Refusal('conflict', 'This client account is not active.');
      for (const line of lines) checkPinned(line, money.digits);
      const fixed = { coupon: null, discount: toText(0, money.digits), placedBy: 'plugin', money } as const;
      return db.transaction(() => {
        const known = readFaults(host).uniqueReferences ? findOrder(order.reference) : null;
        return { order: known ?? writeOrder(host, { ...order, ...fixed, lines }) };
      });
    },
    'orders.find': async ({ reference }) => ({ order: findOrder(reference) }),
    'orders.list': async (query) => named('orders', list(host, 'order', query)),
    'orders.cancel': async ({ orderId }) => ({ order: cancelOrder(host, orderId) }),
    'services.list': async (query) => named('services', list(host, 'service', query)),
    async 'services.pin'({ serviceId, lock }) {
      const service = load(host, 'service', serviceId);
      const { digits, currency } = service.money;
      const recurring = toText(toMinor(lock.unitPrice, digits), digits);
      const fits = lock.serviceId === serviceId && lock.currency === currency;
      if (!fits) throw new Refusal('conflict', 'This lock is for another service or currency.');
      return db.transaction(() => {
        if (!store.writeLock(lock)) throw new Refusal('conflict', 'The service has a newer lock.');
        save(host, { ...service, recurring, quantity: lock.quantity });
        emit(host, 'service.changed', serviceId);
        return { service: view(host, 'service', serviceId) };
      });
    },
    async 'invoices.issue'({ orderId, paymentMethod }) {
      return db.transaction(() => {
        const { id } = issueOrderInvoice(host, orderId);
        if (paymentMethod === 'credit') payFromCredit(host, id);
        return { invoice: view(host, 'invoice', id) };
      });
    },
    'invoices.list': async (query) => named('invoices', list(host, 'invoice', query)),
    'invoices.correctLine': async ({ invoiceId, lineId, unitPrice, quantity }) => ({
      invoice: editLine(host, invoiceId, lineId, { unitPrice, ...(quantity === undefined ? {} : { quantity }) }),
    }),
    'credit.read': async ({ clientId }) => readCredit(host, clientId),
    'credit.add': async (change) => addCredit(host, change),
    'income.read': async ({ from, until }) => ({ tax: 'net', days: readIncome(host, from, until) }),
    async 'tickets.list'({ clientId, limit }) {
      const newest = find(host, 'ticket', `clientId = ? ORDER BY changedAt DESC, id DESC LIMIT ${limit}`, clientId);
      return { tickets: newest.map(({ id }) => view(host, 'ticket', id)) };
    },
    'tickets.link': async ({ ticketId, ...links }) => ({ ticket: changeTicket(host, ticketId, links) }),
    async 'changes.read'({ cursor, limit }) {
      if (!/^\d{0,15}$/.test(cursor)) throw new Refusal('bad_request', 'This cursor is not from here.');
      const rows = store.eventsAfter(Number(cursor), limit);
      return { events: rows.map(({ event }) => event), cursor: String(rows.at(-1)?.sequence ?? cursor) };
    },
    async 'prices.publish'() {
      const revision = (await pull()) ? store.readIndex()?.index.revision : undefined;
      if (revision === undefined) throw new HostError('unavailable', 'The price lists could not be pulled.');
      return { revision };
    },
    async 'locks.publish'({ locks }) {
      return db.transaction(() => ({ written: locks.filter((lock) => store.writeLock(lock)).length }));
    },
  };
  return withFaults(host, port);
}

/** Fails and waits as it was told to, and says refusals in the contract's words. */
function withFaults(host: Host, port: HostPort): HostPort {
  return hostPortOf(async (name, request) => {
    const { delayMs, ...faults } = readFaults(host);
    if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
    const failIf = (fault: 'failNext' | 'failAfter') => {
      if (faults[fault] !== name) return;
      writeFaults(host, { [fault]: null });
      throw new HostError('unavailable', 'The host fails, as it was told to.');
    };
    failIf('failNext');
    try {
      const answer = await runCall(port, name, request);
      failIf('failAfter');
      return answer;
    } catch (error) {
      throw error instanceof Refusal ? error.toHostError() : error;
    }
  });
}
