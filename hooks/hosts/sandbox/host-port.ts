import { CONTRACT_VERSION, HostError, type Capability, type HostPort, type PricedLine } from '../../contract/index.ts';
import { hostPortOf, runCall } from '../../transport/run-call.ts';
import { readClient } from './accounts.ts';
import { readCatalogue } from './catalogue.ts';
import { payFromCredit } from './checkout.ts';
import { addCredit, readCredit } from './credit.ts';
import { readFaults, writeFaults } from './faults.ts';
import { readIncome } from './income.ts';
import { editLine, issueOrderInvoice } from './invoices.ts';
import { emit, find, list, load, moneyOf, Refusal, save, toMinor, toText, view, ZONE, type Host } from './kit.ts';
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
const BY_REFERENCE = "json ->> '$.reference' = ? ORDER BY id";

/** Pinned amounts must be the currency's and add up: the host bills them as they are. */
function checkPinned(line: PricedLine, digits: number): void {
  const [unit = -1, price, setup = -1, renewal = -1] = [
    line.unitPrice,
    line.price,
    line.setup,
    line.renewal ?? '0',
  ].map((text) => toMinor(text, digits));
  if (Math.min(unit, setup, renewal) >= 0 && price === unit * line.quantity) return;
  throw new Refusal('amount_refused', `The pinned prices of "${line.product}" are below zero or do not add up.`);
}

/** The sandbox as the plugin sees it. `pull` brings the bridge's price lists up to date and tells whether it could. */
export function createHostPort(host: Host, pull: () => Promise<boolean>): HostPort {
  const { db, store } = host;
  const port: HostPort = {
    describe: async () => {
      const about = { kind: 'sandbox', name: 'Sandbox Hosting', version: '1.0.0', contract: CONTRACT_VERSION };
      const own = readFaults(host).uniqueReferences ? [...capabilities, 'uniqueReferences' as const] : capabilities;
      const urls = { client: '/admin/clients#{id}', invoice: '/portal/invoices/{id}', order: '/portal/orders#{id}' };
      return {
        ...about,
        capabilities: own,
        zone: ZONE,
        currency: 'USD',
        urls: { ...urls, service: '/portal/services#{id}' },
      };
    },
    'catalogue.read': async () => readCatalogue(host),
    'clients.list': async (query) => {
      const { page, cursor } = list(host, 'client', query);
      return { clients: page, cursor };
    },
    'paymentMethods.list': async ({ clientId }) => ({ methods: readClient(host, clientId) && methods }),
    'orders.place': async ({ lines, money, paymentMethod: _at, ...order }) => {
      const own = moneyOf(host, money.currency);
      if (readClient(host, order.clientId).status !== 'active')
        throw new Refusal('conflict', 'This client account is not active.');
      for (const line of lines) checkPinned(line, own.digits);
      return db.transaction(() => {
        const [known] = find(host, 'order', BY_REFERENCE, order.reference);
        if (known && readFaults(host).uniqueReferences) return { order: view(host, 'order', known.id) };
        const fixed = { coupon: null, discount: toText(0, own.digits), placedBy: 'plugin', money: own } as const;
        return { order: view(host, 'order', writeOrder(host, { ...order, ...fixed, lines }).id) };
      });
    },
    'orders.find': async ({ reference }) => {
      const [found] = find(host, 'order', BY_REFERENCE, reference);
      return { order: found ? view(host, 'order', found.id) : null };
    },
    'orders.list': async (query) => {
      const { page, cursor } = list(host, 'order', query);
      return { orders: page, cursor };
    },
    'orders.cancel': async ({ orderId }) => {
      cancelOrder(host, orderId);
      return { order: view(host, 'order', orderId) };
    },
    'services.list': async (query) => {
      const { page, cursor } = list(host, 'service', query);
      return { services: page, cursor };
    },
    'services.pin': async ({ serviceId, lock }) =>
      db.transaction(() => {
        const service = load(host, 'service', serviceId);
        const { money, quantity } = service;
        const fits = lock.serviceId === serviceId && lock.currency === money.currency && lock.quantity === quantity;
        if (!fits) throw new Refusal('conflict', 'This lock is for another service, quantity or currency.');
        if (!store.writeLock(lock)) throw new Refusal('conflict', 'The service has a newer lock.');
        const recurring = toText(toMinor(lock.unitPrice, money.digits), money.digits);
        save(host, { ...service, recurring });
        emit(host, 'service.changed', serviceId);
        return { service: view(host, 'service', serviceId) };
      }),
    'invoices.issue': async ({ orderId, paymentMethod }) =>
      db.transaction(() => {
        const invoice = issueOrderInvoice(host, orderId);
        if (paymentMethod === 'credit') payFromCredit(host, invoice);
        return { invoice: view(host, 'invoice', invoice.id) };
      }),
    'invoices.list': async (query) => {
      const { page, cursor } = list(host, 'invoice', query);
      return { invoices: page, cursor };
    },
    'invoices.correctLine': async ({ invoiceId, lineId, unitPrice }) => {
      editLine(host, invoiceId, lineId, { unitPrice });
      return { invoice: view(host, 'invoice', invoiceId) };
    },
    'credit.read': async ({ clientId }) => readCredit(host, clientId),
    'credit.add': async (change) => addCredit(host, change),
    'income.read': async ({ from, until }) => ({ tax: 'net', days: readIncome(host, from, until) }),
    'tickets.list': async ({ clientId, limit }) => {
      const newest = find(host, 'ticket', `clientId = ? ORDER BY changedAt DESC, id DESC LIMIT ${limit}`, clientId);
      return { tickets: newest.map(({ id }) => view(host, 'ticket', id)) };
    },
    'tickets.link': async ({ ticketId, ...links }) => {
      changeTicket(host, ticketId, links);
      return { ticket: view(host, 'ticket', ticketId) };
    },
    'changes.read': async ({ cursor, limit }) => {
      if (!/^\d{0,15}$/.test(cursor)) throw new Refusal('bad_request', 'This cursor is not from here.');
      const rows = store.eventsAfter(Number(cursor), limit);
      return { events: rows.map(({ event }) => event), cursor: String(rows.at(-1)?.sequence ?? cursor) };
    },
    'prices.publish': async () => {
      const revision = (await pull()) ? store.readIndex()?.index.revision : undefined;
      if (revision === undefined) throw new HostError('unavailable', 'The price lists could not be pulled.');
      return { revision };
    },
    'locks.publish': async ({ locks }) =>
      db.transaction(() => ({ written: locks.filter((lock) => store.writeLock(lock)).length })),
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
