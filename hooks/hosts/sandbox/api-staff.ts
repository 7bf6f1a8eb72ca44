import { randomBytes, randomUUID } from 'node:crypto';
import { createAccount, readClient, setClientStatus } from './accounts.ts';
import { editPrice, readProduct } from './catalogue.ts';
import { checkout, receiptOf } from './checkout.ts';
import { addCredit } from './credit.ts';
import { input, own, poster, staff, type App } from './http.ts';
import { cancelInvoice } from './invoices.ts';
import { changed, list, view, type Host } from './kit.ts';
import { cancelOrder } from './orders.ts';
import { orderRequest, parse } from './requests.ts';
import { moves, moveService, type ServiceAction } from './services.ts';
import { changeTicket } from './tickets.ts';

const clientStates = ['active', 'suspended', 'closed'] as const;
const ticketStates = ['open', 'answered', 'on_hold', 'closed'] as const;

/** What staff do, by JSON or by the forms of the admin panel. */
export function addStaffApi(app: App, host: Host): void {
  const post = poster(app, host, '/api/admin/', staff);
  app.get('/api/admin/clients', (c) => {
    const { page } = list(host, 'client', { search: staff(c) && c.req.query('search') });
    return c.json({ clients: page });
  });
  post('clients', (c) => {
    const { text, optional } = input(c);
    const password = optional('password') ?? randomBytes(9).toString('base64url');
    const [company = null, country = null] = [optional('company'), optional('country')];
    const named = { email: text('email'), name: text('name'), currency: optional('currency') ?? 'USD' };
    return {
      client: view(host, 'client', createAccount(host, { ...named, company, country, role: 'client' }, password).id),
      password,
    };
  });
  post('clients/:id', (c, id) => {
    const status = input(c).one('status', clientStates);
    return { client: changed(host, 'client', id, () => setClientStatus(host, id, status)) };
  });
  post('credit', (c) => {
    const { text, optional } = input(c);
    const { id: clientId, currency } = readClient(host, text('clientId'));
    const why = { reason: optional('reason') ?? 'Given by staff', reference: optional('reference') ?? randomUUID() };
    return addCredit(host, { clientId, currency, amount: text('amount'), ...why });
  });
  post('orders', (c) => {
    const body = c.get('body');
    // The panel's form has one line, and no list of lines.
    const request = parse(orderRequest, body['lines'] === undefined ? { ...body, lines: [body] } : body);
    const client = readClient(host, input(c).text('clientId'));
    return receiptOf(checkout(host, client, request, 'staff', input(c).yes('raw')));
  });
  post('orders/:id/cancel', (c) => changed(host, 'order', own(c, host, 'order'), cancelOrder));
  post('products/:id/price', (c, id) => {
    const { text, optional } = input(c);
    const amount = (name: string) => (c.get('body')[name] === null ? null : optional(name));
    const cell = { component: optional('component') ?? 'base', term: text('term'), currency: text('currency') };
    editPrice(host, id, { ...cell, price: amount('price'), setup: amount('setup') });
    return readProduct(host, id).product;
  });
  for (const action of Object.keys(moves) as ServiceAction[]) {
    const move = (_: Host, id: string) => moveService(host, id, action);
    post(`services/:id/${action}`, (c) => changed(host, 'service', own(c, host, 'service'), move));
  }
  post('invoices/:id/cancel', (c) => changed(host, 'invoice', own(c, host, 'invoice'), cancelInvoice));
  post('tickets/:id', (c, id) => {
    const status = input(c).one('status', ticketStates);
    return changed(host, 'ticket', id, () => changeTicket(host, id, { status }));
  });
}
