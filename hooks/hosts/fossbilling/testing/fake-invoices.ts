import { activate } from './fake-orders.ts';
import { find, HostSays, newId, paged, stamp, stored, type FakeState, type Handlers } from './fake-state.ts';
import { shapeOf, type Shape } from './recorded.ts';

const notFound = 'Invoice not found';

/** FOSSBilling's invoice calls. */
export const invoiceCalls: Handlers = {
  'invoice/prepare': (state, data) => {
    const client = find(state.clients, data['client_id'], 'Client not found');
    const invoice = draft(state, client, data['gateway_id'] ?? null);
    for (const item of (data['items'] ?? []) as Shape[]) addLine(state, invoice, item);
    if (data['approve']) invoice['approved'] = true;
    return String(invoice['id']);
  },
  'invoice/approve': (state, data) => {
    find(state.invoices, data['id'], notFound)['approved'] = true;
    return true;
  },
  'invoice/get': (state, data) => find(state.invoices, data['id'], notFound),
  'invoice/get_list': (state, data) => {
    const found = state.invoices.filter((invoice) => {
      const lines = invoice['lines'] as Shape[];
      const ofOrder = !data['order_id'] || lines.some(isLineOf(data['order_id']));
      const ofClient = !data['client_id'] || String(invoice['client_id']) === String(data['client_id']);
      const ofDay = !data['paid_at'] || String(invoice['paid_at']).startsWith(String(data['paid_at']));
      return ofOrder && ofClient && ofDay;
    });
    return paged(
      found.toSorted((left, right) => Number(right['id']) - Number(left['id'])),
      data,
    );
  },
  'invoice/update': (state, data) => {
    const invoice = find(state.invoices, data['id'], notFound);
    if (data['status']) invoice['status'] = data['status'];
    for (const [id, change] of Object.entries((data['items'] ?? {}) as Record<string, Shape>)) {
      const line = find(invoice['lines'] as Shape[], id, 'Invoice item was not found');
      if (change['price'] !== undefined) line['price'] = stored(change['price']);
      if (change['quantity'] !== undefined) line['quantity'] = Number(change['quantity']);
      // The host clears the mark when it is not sent.
      line['taxed'] = change['taxed'] ? 1 : 0;
    }
    invoice['updated_at'] = stamp(state);
    return true;
  },
  'invoice/delete': (state, data) => {
    state.invoices.splice(state.invoices.indexOf(find(state.invoices, data['id'], notFound)), 1);
    return true;
  },
  'invoice/mark_as_paid': (state, data) => {
    if (!data['transactionId']) throw new HostSays('Transaction ID is required when using the Custom payment gateway.');
    return markPaid(state, find(state.invoices, data['id'], notFound));
  },
  'invoice/pay_with_credits': (state, data) => {
    const invoice = find(state.invoices, data['id'], notFound);
    const client = find(state.clients, invoice['client_id'], 'Client not found');
    const total = totalOf(invoice);
    if (invoice['status'] !== 'unpaid' || Number(client['balance']) < total) return true;
    client['balance'] = stored(Number(client['balance']) - total);
    return markPaid(state, invoice);
  },
  'invoice/renewal_invoice': (state, data) => {
    const row = find(state.orders, data['id'], 'Order not found');
    const invoice = draft(state, find(state.clients, row['client_id'], 'Client not found'), null);
    const price = row['service_type'] === 'domain' ? 11.99 : row['price'];
    const about = { title: row['title'], quantity: row['quantity'], type: 'order', task: 'renew', rel_id: row['id'] };
    addLine(state, invoice, { ...about, price });
    invoice['approved'] = true;
    row['unpaid_invoice_id'] = invoice['id'];
    return String(invoice['id']);
  },
  'invoice/refund': (state, data) => {
    const invoice = find(state.invoices, data['id'], notFound);
    if (state.refundLogic === 'manual') return null;
    const note = draft(state, find(state.clients, invoice['client_id'], 'Client not found'), null);
    for (const line of invoice['lines'] as Shape[]) addLine(state, note, { ...line, price: -Number(line['price']) });
    Object.assign(note, { status: 'refunded', approved: true, paid_at: stamp(state) });
    invoice['notes'] = `${stamp(state)}: Refund invoice #${String(note['id'])} generated.       \n`;
    return note['id'];
  },
};

function isLineOf(orderId: unknown) {
  return (line: Shape) => line['type'] === 'order' && String(line['rel_id']) === String(orderId);
}

/** An invoice without lines, not approved: what a host that is stopped in the middle leaves behind. */
export function draft(state: FakeState, client: Shape, gatewayId: unknown): Shape {
  const id = newId(state);
  const invoice = {
    ...shapeOf('invoice.get.unpaid'),
    id,
    nr: String(id),
    serie_nr: `FOSS00${id}`,
    client_id: client['id'],
    currency: client['currency'],
    gateway_id: gatewayId,
    approved: false,
    notes: null,
    lines: [] as Shape[],
    created_at: stamp(state),
    updated_at: stamp(state),
  };
  state.invoices.push(invoice);
  return invoice;
}

export function addLine(state: FakeState, invoice: Shape, item: Shape): void {
  if (!item['title']) throw new HostSays('Invoice item title is missing');
  const shape = (shapeOf('invoice.get.unpaid')['lines'] as Shape[])[1];
  (invoice['lines'] as Shape[]).push({
    ...shape,
    id: newId(state),
    title: item['title'],
    period: item['period'] ?? null,
    quantity: Number(item['quantity'] ?? 1),
    unit: item['unit'] ?? null,
    price: stored(item['price'] ?? 0),
    taxed: item['taxed'] ?? 0,
    type: item['type'] ?? 'custom',
    rel_id: item['rel_id'] === undefined || item['rel_id'] === null ? null : String(item['rel_id']),
    task: item['task'] ?? 'void',
  });
}

function totalOf(invoice: Shape): number {
  return stored(
    (invoice['lines'] as Shape[]).reduce((sum, line) => sum + Number(line['price']) * Number(line['quantity']), 0),
  );
}

/** Paid with "execute": services are set up or renewed at once. */
export function markPaid(state: FakeState, invoice: Shape): true {
  if (invoice['status'] === 'paid') return true;
  Object.assign(invoice, { status: 'paid', paid_at: stamp(state), updated_at: stamp(state), approved: true });
  for (const line of invoice['lines'] as Shape[]) {
    const row = state.orders.find((order) => line['type'] === 'order' && String(order['id']) === line['rel_id']);
    const product = state.products.find((entry) => entry['id'] === row?.['product_id']);
    if (row && line['task'] === 'activate' && product?.['setup'] === 'after_payment') activate(state, row);
    if (row && line['task'] === 'renew')
      Object.assign(row, { expires_at: '2027-03-10 12:00:00', unpaid_invoice_id: null });
  }
  return true;
}
