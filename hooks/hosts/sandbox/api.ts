import { deleteCookie } from 'hono/cookie';
import { z } from 'zod';
import { readCredit } from './accounts.ts';
import { viewShop } from './catalogue.ts';
import { COOKIE, own, poster, scopeOf, startSession, user, type App } from './http.ts';
import { list, load, view, type Host } from './kit.ts';
import { checkout, receiptOf } from './orders.ts';
import { failPayment, payInvoice } from './payments.ts';
import { refundInvoice } from './refunds.ts';
import { fieldsOf, type Fields, orderLineRequest, orderRequest, parse } from './requests.ts';
import { addToCart, createLogin, endSession, readCart, writeCart } from './sessions.ts';
import { openTicket } from './tickets.ts';

const lineFields = z.array(z.record(z.string(), z.unknown())).optional();

/** What visitors and clients do: JSON for scripts, and the same for the forms of the pages. */
export function addApi(app: App, host: Host): void {
  const { post } = poster(app, host, '/api/');
  const logIn = createLogin(host);
  post('session', (c, { text }) => {
    const account = logIn(text('email'), text('password'));
    const { id, role, name, email, currency } = account;
    startSession(c, host, account);
    return { token: c.get('token'), user: { id, role, name, email, currency } };
  });
  post('session/end', (c) => {
    endSession(host, c.get('session'));
    return { ended: deleteCookie(c, COOKIE) !== '' };
  });

  app.get('/api/products', (c) => c.json(viewShop(host, c.get('session')?.account)));
  app.get('/api/cart', (c) => c.json(readCart(host, c.get('session'), c.req.query('coupon'))));
  post('cart', (c, { body, optional }) => {
    const line = parse(orderLineRequest, body);
    const session = c.get('session') ?? startSession(c, host);
    return addToCart(host, session, line, optional('currency') ?? session.currency);
  });
  app.on(['DELETE', 'POST'], ['/api/cart', '/api/cart/clear'], (c) => {
    writeCart(host, c.get('session'), []);
    return c.json({ lines: [] });
  });
  post('checkout', (c, { body }) => {
    const { cart = [], currency } = c.get('session') ?? {};
    const fromCart = body['lines'] === undefined && cart.length > 0 ? { lines: cart, currency } : {};
    const placed = checkout(host, user(c), parse(orderRequest, { ...body, ...fromCart }), 'shop');
    if (fromCart.lines) writeCart(host, c.get('session'), []);
    return receiptOf(placed);
  });

  for (const kind of ['order', 'invoice', 'service', 'ticket'] as const) {
    app.get(`/api/${kind}s`, (c) => {
      return c.json(list(host, kind, { clientIds: scopeOf(c), cursor: c.req.query('cursor') }));
    });
    app.get(`/api/${kind}s/:id`, (c) => {
      const id = own(c, host, kind);
      const payments = kind === 'invoice' && { payments: load(host, kind, id).payments };
      return c.json({ ...view(host, kind, id), ...payments });
    });
  }
  post('invoices/:id/pay', (c, { one, optional }) => {
    const method = optional('method') ? one('method', ['gateway', 'credit']) : 'gateway';
    const request = { method, paymentId: optional('paymentId'), amount: optional('amount') };
    return payInvoice(host, own(c, host, 'invoice'), request);
  });
  post('invoices/:id/fail', (c) => failPayment(host, own(c, host, 'invoice')));
  post('invoices/:id/refund', (c, { body, optional }) => {
    const netOf = (line: Fields) => line.optional('net') ?? line.text('amount');
    const given = parse(lineFields, body['lines'])?.map(fieldsOf);
    const lines = given?.map((line) => ({ lineId: line.text('lineId'), net: netOf(line) }));
    const request = { refundId: optional('refundId'), amount: optional('amount'), lines };
    return refundInvoice(host, own(c, host, 'invoice'), request);
  });
  app.get('/api/credit', (c) => c.json(readCredit(host, user(c).id)));
  post('tickets', (c, { text, optional }) => {
    return view(host, 'ticket', openTicket(host, user(c).id, text('subject').slice(0, 300), optional('message') ?? ''));
  });
}
