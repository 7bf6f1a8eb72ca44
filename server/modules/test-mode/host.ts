import type { EntityManager } from '@mikro-orm/postgresql';
import { callNames, HostError, type CallName, type HostPort } from '../../../hooks/contract/index.ts';
import { CONTRACT_VERSION } from '../../../hooks/contract/version.ts';
import type { ServiceContext } from '../../context.ts';
import { Invoice } from '../invoice/entity.ts';
import { Order } from '../order/entity.ts';
import { Programme } from '../programme/entity.ts';
import { Reseller } from '../reseller/entity.ts';
import { report } from './report.ts';
import { invoiceAsKept, momentOf, simulatedInvoice, simulatedOrder } from './simulate.ts';

/** Ordering with this way to pay is refused, so that a refusal can be tried. */
const REFUSING = 'test_refused';

/** What there is of a host in test mode. */
const capabilities = [
  'optionPrices',
  'addonProducts',
  'domains',
  'setupFees',
  'uniqueReferences',
  'refunds',
  'paymentMethods',
  'cancelOrder',
] as const;

/**
 * The host that orders of test keys go to: it answers from what the order itself says, and no real host is ever asked.
 * What it lacks it refuses. @param context a context of test mode
 */
export function createTestHost(context: () => ServiceContext): HostPort {
  const port: Partial<HostPort> = {
    describe: async () => ({
      kind: 'test',
      name: 'Test mode',
      version: CONTRACT_VERSION,
      contract: CONTRACT_VERSION,
      capabilities: [...capabilities],
      now: momentOf(context().now),
      zone: (await context().em.findOneOrFail(Programme, 1)).billingZone,
      currency: 'USD',
      // Nothing of it can be looked at in the real host.
      urls: { client: '', invoice: '', order: '', service: '' },
    }),
    'paymentMethods.list': async () => ({
      methods: [
        { id: 'test', title: 'Test: paid by a test call', credit: false },
        { id: REFUSING, title: 'Test: the order is refused', credit: false },
      ],
    }),
    'orders.find': async ({ reference }) => {
      const { order, clientId } = await load(context().em, reference);
      if (!order.hostOrderId) return { order: null };
      return { order: simulatedOrder(order, clientId, order.status === 'cancelled' ? 'cancelled' : 'pending') };
    },
    'orders.place': async ({ reference, paymentMethod }) => {
      if (paymentMethod === REFUSING) throw new HostError('refused', 'Test mode: this way to pay refuses the order.');
      const { order, clientId } = await load(context().em, reference);
      return { order: simulatedOrder(order, clientId, 'pending') };
    },
    'invoices.issue': async ({ reference }) => {
      const { order, clientId } = await load(context().em, reference);
      return { invoice: simulatedInvoice(order, clientId, order.placedAt) };
    },
    'orders.cancel': ({ orderId }) =>
      context().em.transactional(async (em) => {
        const ctx = { ...context(), em };
        const { order, clientId } = await load(em, orderId.replace(/^test-/, ''));
        const invoice = order.hostInvoiceId ? await em.findOne(Invoice, order.hostInvoiceId) : null;
        if (invoice && invoice.status !== 'unpaid' && invoice.status !== 'cancelled')
          throw new HostError('conflict', `The invoice of this order is ${invoice.status}.`);
        if (invoice?.status === 'unpaid')
          await report(ctx, 'invoice.cancelled', invoice.hostVersion + 1, {
            invoice: { ...invoiceAsKept(order, invoice, clientId), status: 'cancelled' },
          });
        return { order: simulatedOrder(order, clientId, 'cancelled') };
      }),
  };
  const refuse = (name: CallName) => async () => {
    throw new HostError('not_supported', `Test mode has no ${name}: there is no real host behind it.`);
  };
  return Object.fromEntries(callNames.map((name) => [name, port[name] ?? refuse(name)])) as HostPort;
}

async function load(em: EntityManager, reference: string): Promise<{ order: Order; clientId: string }> {
  const order = await em.findOne(Order, reference);
  if (!order) throw new HostError('not_found', 'Test mode does not know this order.');
  const { hostClientId } = await em.findOneOrFail(Reseller, order.resellerId);
  return { order, clientId: hostClientId };
}
