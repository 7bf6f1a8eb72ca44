import type { HostInvoice, HostOrder, Lifecycle, NodeHost, OrderItem, OrderVerdict } from '../../server/plugin.ts';

const at = new Date().toISOString();
const money = { currency: 'USD', digits: 2, tax: 'net' } as const;
const price = { term: '1M', currency: 'USD', price: '10.00', setup: null, priceCost: null, setupCost: null };
const vps = {
  id: 'vps',
  group: 'g',
  offered: true,
  components: [{ id: 'base', kind: 'base' as const, prices: [price] }],
};
const catalogue = { format: 'catalogue/1', catalogueTax: 'net', setupPerQuantity: false } as const;
const person = { id: '7', status: 'active', name: 'Rosa', company: null, email: 'rosa@shop.example' } as const;
const urls = { client: '/c/{id}', invoice: '/i/{id}', order: '/o/{id}', service: '/s/{id}' };
const about = { kind: 'node', name: 'Tiny', version: '1', contract: '1.0', zone: 'UTC', currency: 'USD', urls };

/** A billing platform of a few lines: it sells one product at 10.00 a month, tells its moments, and keeps to verdicts. */
export function createNodeHost() {
  const handlers = new Map<string, (subject: never) => unknown>();
  const tell = (moment: string, subject: unknown): unknown => handlers.get(moment)?.(subject as never);
  const orders: HostOrder[] = [];
  const invoices: HostInvoice[] = [];

  /** What the plugin reads. */
  const host: NodeHost = {
    describe: async () => ({ ...about, capabilities: [] }),
    'catalogue.read': async () => ({
      catalogue: { ...catalogue, currencies: [{ code: 'USD', digits: 2 }], products: [vps] },
      display: { groups: [{ id: 'g', title: 'Servers' }], products: [] },
    }),
    'clients.list': async () => ({
      clients: [{ ...person, country: 'DE', currency: 'USD', createdAt: at }],
      cursor: null,
    }),
    'orders.list': async () => ({ orders, cursor: null }),
    'services.list': async () => ({ services: [], cursor: null }),
    'invoices.list': async () => ({ invoices, cursor: null }),
  };

  /** Sells: the verdict prices the order, the order is told, its invoice checked and told. */
  function buy(clientId: string, item: OrderItem): HostInvoice {
    const verdict = tell('order.price', { clientId, currency: 'USD', lines: [item] }) as OrderVerdict;
    if (verdict.decision === 'refused') throw new Error(verdict.message);
    const retail = { ...item, unitPrice: '10.00', price: '10.00', setup: '0.00', renewal: '10.00', components: [] };
    const [line = retail] = verdict.decision === 'wholesale' ? verdict.lines : [];
    const stamp = verdict.decision === 'wholesale' ? verdict.stamp : null;
    const id = String(orders.length + 1);
    const words = {
      reference: null,
      coupon: null,
      note: null,
      customer: null,
      invoiceId: id,
      placedBy: 'shop',
    } as const;
    const lines = [{ ...line, id, serviceId: id, title: 'VPS' }];
    orders.push({ id, clientId, status: 'pending', createdAt: at, money, ...words, lines, stamp, locks: [] });
    tell('order.created', { order: orders.at(-1) });
    const { unitPrice, price: amount, quantity, product } = line;
    const charge = { id, kind: 'product', title: 'VPS', orderId: id, serviceId: id, product, occasion: 'new' } as const;
    const sums = { quantity, unitPrice, amount, net: amount, prorated: null };
    const head = { id, number: `I-${id}`, clientId, orderId: id, money, total: amount, issuedAt: at, dueOn: null };
    const invoice: HostInvoice = { ...head, status: 'unpaid', paidAt: null, lines: [{ ...charge, ...sums }] };
    if ((tell('invoice.check', invoice) as { decision: string } | undefined)?.decision !== 'pass')
      throw new Error('held');
    invoices.push(invoice);
    tell('invoice.issued', { invoice });
    return invoice;
  }

  /** The money arrived. */
  function pay(invoice: HostInvoice): void {
    Object.assign(invoice, { status: 'paid', paidAt: new Date().toISOString() });
    tell('invoice.paid', { invoice, payment: { id: `p-${invoice.id}`, at: invoice.paidAt, method: 'card' } });
  }

  const lifecycle: Lifecycle = { on: (moment, handler) => handlers.set(moment, handler) };
  return { host, lifecycle, buy, pay, tell };
}
