import { randomBytes, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { z } from 'zod';
import { clientOf, createUser, readClient, readUser, updateClient, type User } from './accounts.ts';
import { editPrice } from './catalogue.ts';
import { checkout } from './checkout.ts';
import { addCredit } from './credit.ts';
import type { Host } from './host.ts';
import { own, staff, type Env } from './http.ts';
import { cancelInvoice } from './invoices.ts';
import { cancelOrder } from './orders.ts';
import { maybe, optional, orderLineRequest, orderRequest, parse, text } from './requests.ts';
import { moveService } from './services.ts';
import { changeTicket } from './tickets.ts';

const price = z.object({ component: text.default('base'), term: text, currency: text, price: optional, setup: optional });
const withdrawn = z.object({ price: z.null() });
const newClient = z.object({ email: z.email(), name: text, company: optional, country: optional, currency: optional, password: optional });
const status = z.object({ status: z.enum(['active', 'suspended', 'closed']) });
const ticket = z.object({ status: z.enum(['open', 'answered', 'on_hold', 'closed']) });
const credit = z.object({ amount: text, reason: optional, reference: optional });
const staffOrder = z.object({ clientId: text, raw: z.preprocess((value) => value === true || value === 'true' || value === 'on', z.boolean()) });

/** What staff do, by JSON or by the forms of the admin panel. */
export function addStaffApi(app: Hono<Env>, host: Host): void {
  app.use('/api/admin/*', async (c, next) => {
    staff(c);
    await next();
  });
  app.get('/api/admin/clients', (c) => {
    const rows = host.db.all<User>("SELECT * FROM users WHERE role = 'client' ORDER BY id");
    return c.json({ clients: rows.map(clientOf) });
  });
  app.post('/api/admin/clients', (c) => {
    const { password = randomBytes(9).toString('base64url'), currency = 'USD', ...person } = parse(newClient, c.get('body'));
    return c.json({ client: clientOf(createUser(host, { ...person, currency }, password)), password });
  });
  app.post('/api/admin/clients/:id', (c) => c.json({ client: updateClient(host, c.req.param('id'), parse(status, c.get('body'))) }));
  app.post('/api/admin/clients/:id/credit', (c) => {
    const { id, currency } = readClient(host, c.req.param('id'));
    const { amount, reason = 'Given by staff', reference = `staff-${randomUUID()}` } = parse(credit, c.get('body'));
    return c.json(addCredit(host, { clientId: id, currency, amount, reason, reference }));
  });
  app.post('/api/admin/orders', (c) => {
    const body = c.get('body');
    const { clientId, raw } = parse(staffOrder, body);
    // The panel's form has one line and no list of lines.
    const request = parse(orderRequest, body['lines'] ? body : { ...body, lines: [parse(orderLineRequest, body)] });
    const { order, invoice } = checkout(host, readClient(host, clientId), request, { placedBy: 'staff', raw });
    return c.json({ orderId: order.id, invoiceId: invoice.id, total: invoice.total, status: invoice.status, lines: order.lines });
  });
  app.post('/api/admin/orders/:id/cancel', (c) => c.json(cancelOrder(host, own(c, host, 'orders'))));
  app.post('/api/admin/products/:id/price', (c) => {
    const body = c.get('body');
    const edit = { ...parse(price, body), ...(body['price'] === null ? { price: null } : {}) };
    return c.json(editPrice(host, c.req.param('id'), edit).product);
  });
  app.post('/api/admin/services/:id/:action{provision|suspend|unsuspend|terminate}', (c) => {
    const action = parse(z.enum(['provision', 'suspend', 'unsuspend', 'terminate']), c.req.param('action'));
    return c.json(moveService(host, own(c, host, 'services'), action));
  });
  app.post('/api/admin/invoices/:id/cancel', (c) => c.json(cancelInvoice(host, own(c, host, 'invoices'))));
  app.post('/api/admin/tickets/:id', (c) => c.json(changeTicket(host, c.req.param('id'), parse(ticket, c.get('body')))));
}
