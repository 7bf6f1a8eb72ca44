import { randomBytes, randomUUID } from 'node:crypto';
import { createAccount, readClient, setClientStatus } from './accounts.ts';
import { editPrice } from './catalogue.ts';
import { checkout } from './checkout.ts';
import { addCredit } from './credit.ts';
import { input, own, staff, type App, type Ctx } from './http.ts';
import { cancelInvoice } from './invoices.ts';
import { list, type Host } from './kit.ts';
import { cancelOrder } from './orders.ts';
import { orderRequest, parse } from './requests.ts';
import { moves, moveService, type ServiceAction } from './services.ts';
import { changeTicket } from './tickets.ts';

const clientStates = ['active', 'suspended', 'closed'] as const;
const ticketStates = ['open', 'answered', 'on_hold', 'closed'] as const;

/** What staff do, by JSON or by the forms of the admin panel. */
export function addStaffApi(app: App, host: Host): void {
  const post = (path: string, handle: (c: Ctx, id: string) => object) =>
    app.post(`/api/admin/${path}`, (c) => c.json(staff(c) && handle(c, c.req.param('id') ?? '')));

  app.get('/api/admin/clients', (c) =>
    c.json({ clients: staff(c) && list(host, 'client', { search: c.req.query('search') }).page }),
  );
  post('clients', (c) => {
    const { text, optional } = input(c);
    const password = optional('password') ?? randomBytes(9).toString('base64url');
    const about = {
      company: optional('company') ?? null,
      country: optional('country') ?? null,
      role: 'client',
    } as const;
    const named = { email: text('email'), name: text('name'), currency: optional('currency') ?? 'USD' };
    return { client: createAccount(host, { ...named, ...about }, password), password };
  });
  post('clients/:id', (c, id) => ({ client: setClientStatus(host, id, input(c).one('status', clientStates)) }));
  post('credit', (c) => {
    const { text, optional } = input(c);
    const { id, currency } = readClient(host, text('clientId'));
    const why = { reason: optional('reason') ?? 'Given by staff', reference: optional('reference') ?? randomUUID() };
    return addCredit(host, { clientId: id, currency, amount: text('amount'), ...why });
  });
  post('orders', (c) => {
    const body = c.get('body');
    // The panel's form has one line, and no list of lines.
    const request = parse(orderRequest, body['lines'] === undefined ? { ...body, lines: [body] } : body);
    const client = readClient(host, input(c).text('clientId'));
    const { order, invoice } = checkout(host, client, request, 'staff', input(c).yes('raw'));
    const about = { orderId: order.id, invoiceId: invoice.id, total: invoice.total, currency: invoice.money.currency };
    return { ...about, status: invoice.status, priced: order.stamp ? 'wholesale' : 'retail', lines: order.lines };
  });
  post('orders/:id/cancel', (c) => cancelOrder(host, own(c, host, 'order')));
  post('products/:id/price', (c, id) => {
    const { text, optional } = input(c);
    const amount = (name: string) => (c.get('body')[name] === null ? null : optional(name));
    const cell = { component: optional('component') ?? 'base', term: text('term'), currency: text('currency') };
    return editPrice(host, id, { ...cell, price: amount('price'), setup: amount('setup') });
  });
  for (const action of Object.keys(moves) as ServiceAction[]) {
    post(`services/:id/${action}`, (c) => moveService(host, own(c, host, 'service'), action));
  }
  post('invoices/:id/cancel', (c) => cancelInvoice(host, own(c, host, 'invoice')));
  post('tickets/:id', (c, id) => changeTicket(host, id, { status: input(c).one('status', ticketStates) }));
}
