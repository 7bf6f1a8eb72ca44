import type { CallRequest, HostInvoice, HostOrder, HostPort } from '../../hooks/contract/index.ts';
import { locksOf } from '../../hooks/bridge/locks.ts';
import { partialHostPort } from '../../hooks/transport/testing.ts';
import { formatAmount, parseAmount } from '../../server/money.ts';
import type { CatalogueAnswer } from './catalogue.ts';

/**
 * A host that answers at once, out of memory: what the service spends is then all there is to measure. It serves the
 * given catalogue, knows every client by any id, and takes orders with locks and invoices as a real host does.
 */
export function instantHost(catalogue: { current: CatalogueAnswer }): HostPort {
  const placed = new Map<string, HostOrder>();
  let counter = 0;
  return partialHostPort({
    describe: async () => ({
      kind: 'bench',
      name: 'Bench',
      version: '1',
      contract: '1.0',
      capabilities: [],
      zone: 'UTC',
      currency: 'USD',
      urls: { client: '/{id}', invoice: '/{id}', order: '/{id}', service: '/{id}' },
    }),
    'catalogue.read': async () => catalogue.current,
    'clients.list': async ({ ids = [] }) => ({ clients: ids.map(clientOf), cursor: null }),
    'orders.list': async () => ({ orders: [], cursor: null }),
    'services.list': async () => ({ services: [], cursor: null }),
    'invoices.list': async () => ({ invoices: [], cursor: null }),
    'orders.find': async () => ({ order: null }),
    'orders.place': async (request) => {
      const order = orderOf(request, `${process.pid}-${(counter += 1)}`);
      placed.set(order.id, order);
      return { order };
    },
    'invoices.issue': async ({ orderId }) => {
      const order = placed.get(orderId);
      if (!order) throw new RangeError(`There is no order ${orderId}.`);
      placed.delete(orderId);
      return { invoice: invoiceOf(order) };
    },
    'locks.publish': async ({ locks }) => ({ written: locks.length }),
  });
}

const CREATED = '2026-01-01T00:00:00Z';

function clientOf(id: string) {
  const words = { name: `Client ${id}`, company: null, email: `${id}@example.org`, country: null, currency: 'USD' };
  return { id, status: 'active' as const, ...words, createdAt: CREATED };
}

function orderOf(request: CallRequest<'orders.place'>, id: string): HostOrder {
  const { lines, stamp, money, clientId } = request;
  const serviceIds = lines.map((_, at) => `s${id}-${at}`);
  const ids = { clientId, currency: money.currency, serviceIds, nowMs: Date.now(), status: 'pending' as const };
  return {
    id: `o${id}`,
    clientId,
    reference: request.reference,
    status: 'pending',
    createdAt: CREATED,
    money,
    coupon: null,
    note: request.note,
    customer: request.customer,
    lines: lines.map((line, at) => ({ ...line, id: `l${id}-${at}`, serviceId: `s${id}-${at}`, title: line.product })),
    invoiceId: null,
    placedBy: 'plugin',
    stamp,
    locks: locksOf({ lines, stamp }, ids),
  };
}

/** One line for each product and one for each setup fee. */
function invoiceOf({ id, clientId, money, lines }: HostOrder): HostInvoice {
  const billed = lines.flatMap(({ serviceId, product, price, setup, quantity, unitPrice }) => {
    const own = { orderId: id, serviceId, product, occasion: 'new' as const, prorated: null, title: product };
    const fee = {
      ...own,
      id: `${serviceId}-2`,
      kind: 'setup' as const,
      quantity: 1,
      unitPrice: setup,
      amount: setup,
      net: setup,
    };
    return [
      { ...own, id: `${serviceId}-1`, kind: 'product' as const, quantity, unitPrice, amount: price, net: price },
      fee,
    ];
  });
  const total = billed.reduce((sum, { amount }) => sum + parseAmount(amount, money.digits), 0n);
  const dates = { issuedAt: CREATED, dueOn: '2026-01-15', paidAt: null };
  return {
    id: `i${id}`,
    number: `INV-${id}`,
    clientId,
    orderId: id,
    status: 'unpaid',
    money,
    ...dates,
    lines: billed,
    total: formatAmount(total, money.digits),
  };
}
