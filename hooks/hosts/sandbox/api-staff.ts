import { randomBytes, randomUUID } from 'node:crypto';
import { createAccount, readClient, setClientStatus } from './accounts.ts';
import { editPrice } from './catalogue.ts';
import { checkout } from './checkout.ts';
import { addCredit } from './credit.ts';
import { input, own, staff, type App } from './http.ts';
import { cancelInvoice } from './invoices.ts';
import { list, view, type Host } from './kit.ts';
import { cancelOrder } from './orders.ts';
import { orderRequest, parse } from './requests.ts';
import { moveService, serviceActions } from './services.ts';
import { changeTicket } from './tickets.ts';

/** What staff do, by JSON or by the forms of the admin panel. */
export function addStaffApi(app: App, host: Host): void {
  app.use('/api/admin/*', async (c, next) => {
    staff(c);
    await next();
  });
  app.get('/api/admin/clients', (c) =>
    c.json({ clients: list(host, 'client', { search: c.req.query('search') }).page }),
  );
  app.post('/api/admin/clients', (c) => {
    const { text, optional } = input(c);
    const password = optional('password') ?? randomBytes(9).toString('base64url');
    const about = {
      company: optional('company') ?? null,
      country: optional('country') ?? null,
      role: 'client',
    } as const;
    const named = { email: text('email'), name: text('name'), currency: optional('currency') ?? 'USD' };
    const { id } = createAccount(host, { ...named, ...about }, password);
    return c.json({ client: view(host, 'client', id), password });
  });
  app.post('/api/admin/clients/:id', (c) => {
    setClientStatus(host, c.req.param('id'), input(c).one('status', ['active', 'suspended', 'closed']));
    return c.json({ client: view(host, 'client', c.req.param('id')) });
  });
  app.post('/api/admin/credit', (c) => {
    const { text, optional } = input(c);
    const { id, currency } = readClient(host, text('clientId'));
    const why = {
      reason: optional('reason') ?? 'Given by staff',
      reference: optional('reference') ?? `staff-${randomUUID()}`,
    };
    return c.json(addCredit(host, { clientId: id, currency, amount: text('amount'), ...why }));
  });
  app.post('/api/admin/orders', (c) => {
    const body = c.get('body');
    // The panel's form has one line, and no list of lines.
    const request = parse(orderRequest, body['lines'] === undefined ? { ...body, lines: [body] } : body);
    const placing = { placedBy: 'staff', raw: input(c).yes('raw') } as const;
    const { order, invoice } = checkout(host, readClient(host, input(c).text('clientId')), request, placing);
    const { id: invoiceId, total, status } = invoice;
    return c.json({ orderId: order.id, invoiceId, total, status, lines: order.lines });
  });
  app.post('/api/admin/orders/:id/cancel', (c) => {
    cancelOrder(host, own(c, host, 'order'));
    return c.json(view(host, 'order', c.req.param('id')));
  });
  app.post('/api/admin/products/:id/price', (c) => {
    const { text, optional } = input(c);
    const amount = (name: string) =>
      c.get('body')[name] === null ? { [name]: null } : optional(name) ? { [name]: text(name) } : {};
    const cell = { component: optional('component') ?? 'base', term: text('term'), currency: text('currency') };
    return c.json(editPrice(host, c.req.param('id'), { ...cell, ...amount('price'), ...amount('setup') }));
  });
  for (const action of serviceActions) {
    app.post(`/api/admin/services/:id/${action}`, (c) => {
      moveService(host, own(c, host, 'service'), action);
      return c.json(view(host, 'service', c.req.param('id')));
    });
  }
  app.post('/api/admin/invoices/:id/cancel', (c) => {
    cancelInvoice(host, own(c, host, 'invoice'));
    return c.json(view(host, 'invoice', c.req.param('id')));
  });
  app.post('/api/admin/tickets/:id', (c) => {
    changeTicket(host, c.req.param('id'), {
      status: input(c).one('status', ['open', 'answered', 'on_hold', 'closed']),
    });
    return c.json(view(host, 'ticket', c.req.param('id')));
  });
}
