import { HostError, type HostPort } from '../../hooks/contract/index.ts';
import { createFossbillingHostPort } from '../../hooks/hosts/fossbilling/host-port.ts';
import type { SignedCaller } from '../../hooks/hosts/fossbilling/module-caller.ts';
import { startFakeHost, type FakeHost } from '../../hooks/hosts/fossbilling/testing/fake-host.ts';
import { addLine, draft, markPaid } from '../../hooks/hosts/fossbilling/testing/fake-invoices.ts';
import { newId, type FakeState } from '../../hooks/hosts/fossbilling/testing/fake-state.ts';
import { orderRequest, pricedLine } from '../../hooks/hosts/fossbilling/testing/order-request.ts';
import { shapeOf, type Shape } from '../../hooks/hosts/fossbilling/testing/recorded.ts';

/** Rows of a host's tables, and what the host port makes of them over the API. */
export interface SnapshotsForPhp {
  tables: Record<string, Shape[]>;
  expect: { orders: object[]; services: object[]; invoices: object[]; clients: object[] };
}

const CLIENTS = ['1', '5', '6'];

/** One host that was used in every way, seen by the host port: the module must see the very same objects in its tables. */
export async function exportSnapshots(): Promise<SnapshotsForPhp> {
  const fake = await startFakeHost();
  try {
    const { baseUrl, token: staffToken } = fake;
    const port = createFossbillingHostPort({ baseUrl, staffToken, module: bareModule });
    await useHost(fake, port);
    const page = { clientIds: CLIENTS, limit: 100 };
    const [{ orders }, { services }, { invoices }, { clients }] = await Promise.all([
      allOf((cursor) => port['orders.list']({ ...page, ...cursor }), 'orders'),
      allOf((cursor) => port['services.list']({ ...page, ...cursor }), 'services'),
      allOf((cursor) => port['invoices.list']({ ...page, ...cursor }), 'invoices'),
      port['clients.list']({ ids: CLIENTS, limit: 100 }),
    ]);
    return { tables: tablesOf(fake.state), expect: { orders, services, invoices, clients } };
  } finally {
    await fake.stop();
  }
}

/** A module that knows of locks alone: with one, a domain's next term is what its lock says. */
const bareModule = new Proxy({} as SignedCaller, {
  get: (_, name) => async () => {
    if (name === 'describe') return {};
    throw new HostError('not_supported', 'This module has none.');
  },
});

async function allOf<Name extends string, Answer extends Record<Name, object[]> & { cursor: string | null }>(
  read: (cursor: { cursor?: string }) => Promise<Answer>,
  name: Name,
): Promise<Record<Name, object[]>> {
  const all: object[] = [];
  let cursor: string | null = null;
  do {
    const answer: Answer = await read(cursor === null ? {} : { cursor });
    all.push(...answer[name]);
    ({ cursor } = answer);
  } while (cursor !== null);
  return { [name]: all } as Record<Name, object[]>;
}

async function useHost({ state }: FakeHost, port: HostPort): Promise<void> {
  const own = async (reference: string, lines: ReturnType<typeof pricedLine>[], changes = {}) => {
    const { order } = await port['orders.place'](orderRequest(reference, lines, changes));
    await port['invoices.issue']({ orderId: order.id, reference, paymentMethod: '1' });
    return state.invoices.at(-1)!;
  };
  const addon = pricedLine('3', { unitPrice: '3.20', price: '3.20', renewal: '3.20' });
  markPaid(state, await own('ord_addon', [pricedLine('2', { setup: '4.00' }), addon]));
  const domain = pricedLine('domain:.com', { term: '1Y', action: 'register', domain: 'blue.com', renewal: '9.40' });
  markPaid(state, await own('ord_domain', [domain]));
  await own('ord_unpaid', [
    pricedLine('2', { quantity: 3, price: '24.00' }),
    pricedLine('4', { term: 'once', renewal: null }),
  ]);
  const yen = { currency: 'JPY', digits: 0, tax: 'net' } as const;
  const inYen = pricedLine('2', { unitPrice: '1200', price: '1200', setup: '500', renewal: '1200', components: [] });
  await own('ord_yen', [inYen], { clientId: '6', money: yen, customer: null, note: null });
  buyInShop(state, 5, 'EUR');
  state.refundLogic = 'credit_note';
  await refundFirst(state);
  state.orders.at(-2)!['status'] = 'canceled';
}

/** What the host's own cart leaves. */
function buyInShop(state: FakeState, clientId: number, currency: string): void {
  const id = newId(state);
  const config = { product_id: 2, setup_price: 5.55, price: 10, hostname: 'shop.example' };
  const bought = { client_id: clientId, currency, group_id: String(id), meta: {}, period: '1M' };
  const row = { ...shapeOf('order.get.pending'), ...bought, invoice_option: 'issue-invoice' };
  state.orders.push({ ...row, id, config, group_master: 1, title: 'Starter Plan', price: 9, quantity: 2 });
  const addon = {
    product_id: 3,
    group_master: 0,
    title: 'Extra IP',
    price: 3.6,
    quantity: 1,
    config: { product_id: 3 },
  };
  state.orders.push({ ...row, ...addon, id: newId(state) });
  const client = state.clients.find((entry) => entry['id'] === clientId)!;
  const invoice = Object.assign(draft(state, client, 1), { approved: true });
  const plan = { title: 'Starter Plan', price: 9, quantity: 2, type: 'order', task: 'activate', rel_id: id };
  addLine(state, invoice, plan);
  addLine(state, invoice, { title: 'Starter Plan setup', price: 5, unit: 'service' });
  addLine(state, invoice, { title: 'Discount: Starter Plan', price: -2, unit: 'discount', rel_id: id });
  addLine(state, invoice, { title: 'Courtesy', price: 1 });
  addLine(state, invoice, { title: 'Add funds to account', price: 20, type: 'deposit' });
}

async function refundFirst(state: FakeState): Promise<void> {
  const paid = state.invoices.find(({ status }) => status === 'paid')!;
  const client = state.clients[0]!;
  const note = Object.assign(draft(state, client, null), { status: 'refunded', approved: true });
  note['paid_at'] = '2027-01-10 13:00:00';
  for (const line of paid['lines'] as Shape[]) addLine(state, note, { ...line, price: -Number(line['price']) });
  paid['notes'] = `2027-01-10 13:00:00: Refund invoice #${String(note['id'])} generated.       \n`;
}

/** The host's tables as its API shows them: settings of an order and its meta stand in a column and a table. */
function tablesOf(state: FakeState): Record<string, Shape[]> {
  return {
    client: state.clients.map((client) =>
      pick(client, 'id status first_name last_name company email country currency created_at'),
    ),
    client_order: state.orders.map((row) => ({
      ...pick(row, 'id client_id product_id group_id group_master invoice_option title currency unpaid_invoice_id'),
      ...pick(row, 'service_type period quantity price status notes expires_at activated_at created_at updated_at'),
      config: JSON.stringify(row['config']),
    })),
    client_order_meta: state.orders.flatMap((row) =>
      Object.entries(row['meta'] as Shape).map(([name, value]) => ({ client_order_id: row['id'], name, value })),
    ),
    invoice: state.invoices.map((invoice) => ({
      ...pick(invoice, 'id client_id serie nr currency status gateway_id notes due_at paid_at created_at updated_at'),
      approved: invoice['approved'] ? 1 : 0,
    })),
    invoice_item: state.invoices.flatMap((invoice) =>
      (invoice['lines'] as Shape[]).map((line) => ({
        ...pick(line, 'id type rel_id task title quantity unit price'),
        invoice_id: invoice['id'],
      })),
    ),
    currency: state.currencies.map((currency, at) => ({
      ...pick(currency, 'code conversion_rate'),
      id: at + 10,
      is_default: currency['default'] ? 1 : 0,
    })),
  };
}

function pick(from: Shape, names: string): Shape {
  return Object.fromEntries(names.split(' ').map((name) => [name, from[name] ?? null]));
}
