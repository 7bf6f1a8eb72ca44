import { randomBytes, randomUUID } from 'node:crypto';
import { addCredit, createAccount, readClient, setClientStatus } from './accounts.ts';
import { editPrice, readProduct } from './catalogue.ts';
import { poster, staff, type App } from './http.ts';
import { cancelInvoice } from './invoices.ts';
import { list, view, type Host } from './kit.ts';
import { cancelOrder, checkout, receiptOf } from './orders.ts';
import { orderRequest, parse } from './requests.ts';
import { moves, moveService, type ServiceAction } from './services.ts';
import { changeTicket } from './tickets.ts';

const clientStates = ['active', 'suspended', 'closed'] as const;
const ticketStates = ['open', 'answered', 'on_hold', 'closed'] as const;

/** What staff do, by JSON or by the forms of the admin panel. */
export function addStaffApi(app: App, host: Host): void {
  const { post, change } = poster(app, host, '/api/admin/', staff);
  app.get('/api/admin/clients', (c) => {
    const { clients } = list(host, 'client', { search: staff(c) && c.req.query('search') });
    return c.json({ clients });
  });
  post('clients', (_, { text, optional }) => {
    const password = optional('password') ?? randomBytes(9).toString('base64url');
    const [company = null, country = null] = [optional('company'), optional('country')];
    const named = { email: text('email'), name: text('name'), currency: optional('currency') ?? 'USD' };
    const { id } = createAccount(host, { ...named, company, country, role: 'client' }, password);
    return { client: view(host, 'client', id), password };
  });
  post('clients/:id', (_, { one }, id) => {
    setClientStatus(host, id, one('status', clientStates));
    return { client: view(host, 'client', id) };
  });
  post('credit', (_, { text, optional }) => {
    const { id: clientId, currency } = readClient(host, text('clientId'));
    const why = { reason: optional('reason') ?? 'Given by staff', reference: optional('reference') ?? randomUUID() };
    return addCredit(host, { clientId, currency, amount: text('amount'), ...why });
  });
  post('orders', (c, { text, yes }) => {
    const body = c.get('body');
    // The panel's form has one line, and no list of lines.
    const request = parse(orderRequest, body['lines'] === undefined ? { ...body, lines: [body] } : body);
    return receiptOf(checkout(host, readClient(host, text('clientId')), request, 'staff', yes('raw')));
  });
  post('products/:id/price', (c, { text, optional }, id) => {
    const amount = (name: string) => (c.get('body')[name] === null ? null : optional(name));
    const cell = { component: optional('component') ?? 'base', term: text('term'), currency: text('currency') };
    editPrice(host, id, { ...cell, price: amount('price'), setup: amount('setup') });
    return readProduct(host, id).product;
  });
  change('orders/:id/cancel', 'order', (id) => cancelOrder(host, id));
  change('invoices/:id/cancel', 'invoice', (id) => cancelInvoice(host, id));
  change('tickets/:id', 'ticket', (id, { one }) => changeTicket(host, id, { status: one('status', ticketStates) }));
  for (const action of Object.keys(moves) as ServiceAction[]) {
    change(`services/:id/${action}`, 'service', (id) => moveService(host, id, action));
  }
}
