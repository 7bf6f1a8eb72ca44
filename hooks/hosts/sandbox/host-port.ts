import { CONTRACT_VERSION, HostError, type Capability, type HostPort, type PricedLine } from '../../contract/index.ts';
import { hostPortOf, runCall } from '../../transport/run-call.ts';
import { clientOf, readClient, readUser } from './accounts.ts';
import { readCatalogue } from './catalogue.ts';
import { payFromCredit } from './checkout.ts';
import { addCredit, readCredit } from './credit.ts';
import { emit } from './emit.ts';
import { readFaults, writeFaults } from './faults.ts';
import { ZONE, type Host } from './host.ts';
import { readIncome } from './income.ts';
import { editLine, readInvoice } from './invoices.ts';
import { issueOrderInvoice } from './issue-invoice.ts';
import { digitsOf, toMinor } from './money.ts';
import { cancelOrder, orderRow, readOrder, writeOrder } from './orders.ts';
import { Refusal } from './refusal.ts';
import { readService } from './services.ts';
import { changeTicket, listTickets } from './tickets.ts';

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

type Listing = {
  clientIds?: string[];
  ids?: string[] | undefined;
  since?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** One page of ids, oldest first, and the cursor of the next page. */
function listIds(host: Host, table: string, { clientIds, ids, since, cursor, limit }: Listing, search?: string) {
  const inList = 'IN (SELECT CAST(value AS INTEGER) FROM json_each(?))';
  const filters: [sql: string, value: string | undefined][] = [
    [`clientId ${inList}`, clientIds && JSON.stringify(clientIds)],
    [`id ${inList}`, ids && JSON.stringify(ids)],
    ['changedAt >= ?', since],
    ["role = 'client' AND instr(lower(name || ' ' || coalesce(company, '') || ' ' || email), lower(?)) > 0", search],
    ['id > CAST(? AS INTEGER)', cursor],
  ];
  const used = filters.filter((filter): filter is [string, string] => filter[1] !== undefined);
  const where = used.map(([sql]) => sql).join(' AND ') || 'TRUE';
  const sql = `SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT ${limit + 1}`;
  const found = host.db.all<{ id: string }>(sql, ...used.map(([, value]) => value)).map(({ id }) => id);
  const page = found.slice(0, limit);
  return { page, cursor: found.length > limit ? (page.at(-1) ?? null) : null };
}

/** Pinned amounts must be the currency's and add up: the host would bill them as they are. */
function checkPinned(line: PricedLine, digits: number): void {
  const [unit, price, setup] = [line.unitPrice, line.price, line.setup].map((text) => toMinor(text, digits));
  if (
    unit === undefined ||
    price !== unit * line.quantity ||
    unit < 0 ||
    (setup ?? 0) < 0 ||
    toMinor(line.renewal ?? '0', digits) < 0
  ) {
    throw new Refusal('amount_refused', `The pinned prices of "${line.product}" are below zero or do not add up.`);
  }
}

/** The sandbox as the plugin sees it. `pull` brings the bridge's price lists up to date and tells whether it could. */
export function createHostPort(host: Host, pull: () => Promise<boolean>): HostPort {
  const { db, store } = host;
  const port: HostPort = {
    describe: async () => ({
      kind: 'sandbox',
      name: 'Sandbox Hosting',
      version: '1.0.0',
      contract: CONTRACT_VERSION,
      capabilities: readFaults(host).uniqueReferences ? [...capabilities, 'uniqueReferences'] : capabilities,
      zone: ZONE,
      currency: 'USD',
      urls: {
        client: '/admin/clients#{id}',
        invoice: '/portal/invoices/{id}',
        order: '/portal/orders/{id}',
        service: '/portal/services#{id}',
      },
    }),
    'catalogue.read': async () => readCatalogue(host),
    'clients.list': async ({ search = '', ...query }) => {
      const { page, cursor } = listIds(host, 'users', query, search);
      return { clients: page.map((id) => clientOf(readUser(host, id))), cursor };
    },
    'paymentMethods.list': async ({ clientId }) => {
      readClient(host, clientId);
      return {
        methods: [
          { id: 'gateway', title: 'Card (test gateway)', credit: false },
          { id: 'credit', title: 'Account credit', credit: true },
        ],
      };
    },
    'orders.place': async ({ reference, clientId, money, customer, note, stamp, lines }) => {
      if (readClient(host, clientId).status !== 'active')
        throw new Refusal('conflict', 'This client account is not active.');
      for (const line of lines) checkPinned(line, digitsOf(host, money.currency));
      return db.transaction(() => {
        const known = db.get<{ id: string }>('SELECT id FROM orders WHERE reference = ? ORDER BY id', reference);
        if (known && readFaults(host).uniqueReferences) return { order: readOrder(host, known.id) };
        const fixed = { coupon: null, discount: 0, placedBy: 'plugin' } as const;
        const order = { clientId, reference, note, customer, stamp, currency: money.currency, lines, ...fixed };
        return { order: writeOrder(host, order) };
      });
    },
    'orders.find': async ({ reference }) => {
      const found = db.get<{ id: string }>('SELECT id FROM orders WHERE reference = ? ORDER BY id', reference);
      return { order: found ? readOrder(host, found.id) : null };
    },
    'orders.list': async (query) => {
      const { page, cursor } = listIds(host, 'orders', query);
      return { orders: page.map((id) => readOrder(host, id)), cursor };
    },
    'orders.cancel': async ({ orderId }) => ({ order: cancelOrder(host, orderId) }),
    'services.list': async (query) => {
      const { page, cursor } = listIds(host, 'services', query);
      return { services: page.map((id) => readService(host, id)), cursor };
    },
    'services.pin': async ({ serviceId, lock }) => {
      const { money, quantity } = readService(host, serviceId);
      const recurring = toMinor(lock.unitPrice, money.digits);
      return db.transaction(() => {
        const fits = lock.serviceId === serviceId && lock.currency === money.currency && lock.quantity === quantity;
        if (!fits || recurring < 0)
          throw new Refusal('conflict', 'This lock is for another service, quantity or currency.');
        if (!store.writeLock(lock)) throw new Refusal('conflict', 'The service has a newer lock.');
        db.update('services', serviceId, { recurring });
        emit(host, 'service.changed', serviceId, { service: readService(host, serviceId) });
        return { service: readService(host, serviceId) };
      });
    },
    'invoices.issue': async ({ orderId, paymentMethod }) => {
      if (orderRow(host, orderId).status === 'cancelled') throw new Refusal('conflict', 'This order is cancelled.');
      return db.transaction(() => {
        const invoice = issueOrderInvoice(host, orderId);
        if (paymentMethod === 'credit') payFromCredit(host, invoice);
        return { invoice: readInvoice(host, invoice.id) };
      });
    },
    'invoices.list': async (query) => {
      const { page, cursor } = listIds(host, 'invoices', query);
      return { invoices: page.map((id) => readInvoice(host, id)), cursor };
    },
    'invoices.correctLine': async ({ invoiceId, lineId, unitPrice }) => {
      editLine(host, invoiceId, lineId, { unitPrice: toMinor(unitPrice, readInvoice(host, invoiceId).money.digits) });
      return { invoice: readInvoice(host, invoiceId) };
    },
    'credit.read': async ({ clientId }) => readCredit(host, clientId),
    'credit.add': async (change) => addCredit(host, change),
    'income.read': async ({ from, until }) => ({ tax: 'net', days: readIncome(host, from, until) }),
    'tickets.list': async ({ clientId, limit }) => ({
      tickets: listTickets(host, readClient(host, clientId).id, limit),
    }),
    'tickets.link': async ({ ticketId, ...links }) => ({ ticket: changeTicket(host, ticketId, links) }),
    'changes.read': async ({ cursor, limit }) => {
      if (!/^\d{0,15}$/.test(cursor)) throw new Refusal('bad_request', 'This cursor is not from here.');
      const rows = store.eventsAfter(Number(cursor), limit);
      return { events: rows.map(({ event }) => event), cursor: String(rows.at(-1)?.sequence ?? Number(cursor)) };
    },
    'prices.publish': async () => {
      const pulled = await pull();
      const revision = store.readIndex()?.index.revision;
      if (!pulled || revision === undefined) throw new HostError('unavailable', 'The price lists could not be pulled.');
      return { revision };
    },
    'locks.publish': async ({ locks }) => ({
      written: db.transaction(() => locks.filter((lock) => store.writeLock(lock)).length),
    }),
  };

  return hostPortOf(async (name, request) => {
    const { delayMs, failNext, failAfter } = readFaults(host);
    if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
    const fail = (fault: 'failNext' | 'failAfter') => {
      writeFaults(host, { [fault]: null });
      throw new HostError('unavailable', 'The host fails, as it was told to.');
    };
    if (failNext === name) fail('failNext');
    try {
      const answer = await runCall(port, name, request);
      if (failAfter === name) fail('failAfter');
      return answer;
    } catch (error) {
      throw error instanceof Refusal ? error.toHostError() : error;
    }
  });
}
