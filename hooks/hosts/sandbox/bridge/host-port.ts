import type { z } from 'zod';
import { checkPrices } from '../../../bridge/check-prices.ts';
import { type calls, CONTRACT_VERSION, HostError, type HostErrorCode } from '../../../contract/index.ts';
import type { CallName, CallResponse, Capability, HostPort, PricedLine } from '../../../contract/index.ts';
import { hostPortOf, parseCallRequest } from '../../../transport/run-call.ts';
import { addCredit, readClient, readCredit } from '../accounts.ts';
import { readCatalogue } from '../catalogue.ts';
import { readFaults, writeFaults } from '../faults.ts';
import { readIncome } from '../income.ts';
import { editLine } from '../invoices.ts';
import { issueOrderInvoice } from '../issue-invoice.ts';
import { emit, find, list, load, save, view, type Host } from '../kit.ts';
import { momentNow, moneyOf, Refusal, refuse, toMinor, toText, ZONE } from '../kit.ts';
import { sendNotice } from '../mail.ts';
import { cancelOrder, writeOrder } from '../orders.ts';
import { payFromCredit } from '../payments.ts';
import { changeTicket } from '../tickets.ts';
import { readHealth, type BridgeJobs } from './jobs.ts';

const things = ['optionPrices', 'addonProducts', 'domains', 'setupFees', 'displayOverride', 'nativeCheckout'] as const;
const money = ['refunds', 'accountCredit', 'paymentMethods', 'income', 'cancelOrder'] as const;
const people = ['tickets', 'registrants', 'notices'] as const;
const capabilities: Capability[] = [...things, ...money, ...people, 'priceCheck', 'pushedPriceLists'];
const card = { id: 'gateway', title: 'Card (test gateway)', credit: false };
const credit = { id: 'credit', title: 'Account credit', credit: true };
const pages = { client: '/admin/clients#{id}', invoice: '/portal/invoices/{id}', tickets: '/portal/tickets' };
const urls = { ...pages, order: '/portal/orders#{id}', service: '/portal/services#{id}' };
const system = { kind: 'sandbox', name: 'Sandbox Hosting', version: '1.0.0', contract: CONTRACT_VERSION };
const about = { ...system, zone: ZONE, currency: 'USD', urls };
const sameCodes: HostErrorCode[] = ['bad_request', 'not_found', 'conflict'];

type Request<Name extends CallName> = z.infer<(typeof calls)[Name]['request']>;
/** What answers the calls. Each runs within one transaction, so none but the publishing of prices may wait for anything. */
type Handlers = { [Name in CallName]: (request: Request<Name>) => CallResponse<Name> | Promise<CallResponse<Name>> };

/** Pinned amounts must be the currency's and add up: the host bills them as they are. */
function checkPinned({ product, unitPrice, price, setup, renewal, quantity }: PricedLine, digits: number): void {
  const amounts = [unitPrice, price, setup, renewal ?? '0'].map((amount) => toMinor(amount, digits));
  const [unit = -1, sum = -1, ...others] = amounts;
  const right = Math.min(unit, ...others) >= 0 && sum === unit * quantity;
  if (!right) refuse('amount_refused', `The pinned prices of "${product}" are below zero or do not add up.`);
}

function createHandlers(host: Host, { pull, deliver, status }: BridgeJobs): Handlers {
  const findOrder = (reference: string) => {
    const [found] = find(host, 'order', "json ->> '$.reference' = ? ORDER BY id", reference);
    return found ? view(host, 'order', found.id) : null;
  };
  return {
    describe: () => ({
      ...about,
      capabilities: readFaults(host).uniqueReferences ? [...capabilities, 'uniqueReferences'] : capabilities,
      now: momentNow(host),
      health: readHealth(host, status),
    }),
    'catalogue.read': () => readCatalogue(host),
    'clients.list': (query) => list(host, 'client', query),
    'paymentMethods.list': ({ clientId }) => ({ methods: readClient(host, clientId) && [card, credit] }),
    'orders.place'({ lines, money: { currency }, paymentMethod: _later, ...order }) {
      const money = moneyOf(host, currency);
      const { status } = readClient(host, order.clientId);
      if (status !== 'active') refuse('conflict', 'This client account is not active.');
      for (const line of lines) checkPinned(line, money.digits);
      const known = readFaults(host).uniqueReferences ? findOrder(order.reference) : null;
      const fixed = { coupon: null, discount: toText(0, money.digits), placedBy: 'plugin', money } as const;
      return { order: known ?? view(host, 'order', writeOrder(host, { ...order, ...fixed, lines })) };
    },
    'orders.find': ({ reference }) => ({ order: findOrder(reference) }),
    'orders.list': (query) => list(host, 'order', query),
    'orders.cancel'({ orderId }) {
      cancelOrder(host, orderId);
      return { order: view(host, 'order', orderId) };
    },
    'services.list': (query) => list(host, 'service', query),
    'services.pin'({ serviceId, lock }) {
      const service = load(host, 'service', serviceId);
      const { digits, currency } = service.money;
      const fits = lock.serviceId === serviceId && lock.currency === currency;
      if (!fits) refuse('conflict', 'This lock is for another service or currency.');
      if (!host.store.writeLock(lock)) refuse('conflict', 'The service has a newer lock.');
      const recurring = toText(toMinor(lock.unitPrice, digits), digits);
      save(host, { ...service, recurring, quantity: lock.quantity });
      emit(host, 'service.changed', serviceId);
      return { service: view(host, 'service', serviceId) };
    },
    'invoices.issue'({ orderId, paymentMethod }) {
      const id = issueOrderInvoice(host, orderId);
      if (paymentMethod === 'credit') payFromCredit(host, id);
      return { invoice: view(host, 'invoice', id) };
    },
    'invoices.list': (query) => list(host, 'invoice', query),
    'invoices.correctLine'({ invoiceId, lineId, unitPrice, quantity }) {
      editLine(host, invoiceId, lineId, { unitPrice, ...(quantity !== undefined && { quantity }) });
      return { invoice: view(host, 'invoice', invoiceId) };
    },
    'credit.read': ({ clientId }) => readCredit(host, clientId),
    'credit.add': (change) => addCredit(host, change),
    'income.read': ({ from, until }) => ({ tax: 'net', days: readIncome(host, from, until) }),
    'tickets.list'({ clientId, limit }) {
      const newest = find(host, 'ticket', `clientId = ? ORDER BY changedAt DESC, id DESC LIMIT ${limit}`, clientId);
      return { tickets: newest.map(({ id }) => view(host, 'ticket', id)) };
    },
    'tickets.link'({ ticketId, ...linked }) {
      changeTicket(host, ticketId, linked);
      return { ticket: view(host, 'ticket', ticketId) };
    },
    'notices.send'({ reference, clientId, to, subject, text }) {
      if (clientId !== null) readClient(host, clientId);
      sendNotice(host, { reference, clientId: clientId ?? '', to, subject, text });
      return { accepted: true };
    },
    'changes.read'({ cursor, limit }) {
      if (!/^\d{0,15}$/.test(cursor)) refuse('bad_request', 'This cursor is not from here.');
      const rows = host.store.eventsAfter(Number(cursor), limit);
      return { events: rows.map(({ event }) => event), cursor: String(rows.at(-1)?.sequence ?? cursor) };
    },
    'prices.check': (request) => checkPrices(host.store, request, host.now()),
    async 'prices.publish'({ events }) {
      const revision = (await pull()) ? host.store.readIndex()?.index.revision : undefined;
      if (revision === undefined) throw new HostError('unavailable', 'The price lists could not be pulled.');
      if (events) {
        host.store.wakeEvents();
        await deliver();
      }
      return { revision };
    },
    'locks.publish': ({ locks }) => ({ written: locks.filter((lock) => host.store.writeLock(lock)).length }),
    'differences.read'() {
      throw new HostError('not_supported', 'This host leaves the comparison to the plugin.');
    },
  };
}

/** The sandbox as the plugin sees it. */
export function createHostPort(host: Host, jobs: BridgeJobs): HostPort {
  const handlers = createHandlers(host, jobs) as Record<CallName, (request: unknown) => unknown>;
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
      const parsed = parseCallRequest(name, request);
      const answer = await host.db.transaction(() => handlers[name](parsed));
      failIf('failAfter');
      return answer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new HostError(sameCodes.find((code) => code === error.code) ?? 'refused', error.message);
    }
  });
}
