import { deleteCookie } from 'hono/cookie';
import { z } from 'zod';
import { addToCart, readCart } from './cart.ts';
import { checkout, receiptOf } from './checkout.ts';
import { readCredit } from './credit.ts';
import { COOKIE, input, own, poster, scopeOf, startSession, user, type App } from './http.ts';
import { list, load, view, type Host } from './kit.ts';
import { failPayment, payInvoice } from './payments.ts';
import { refundInvoice } from './refunds.ts';
import { fieldsOf, type Fields, orderLineRequest, orderRequest, parse } from './requests.ts';
import { createLogin, endSession, writeCart } from './sessions.ts';
import { viewShop } from './shop-view.ts';
import { openTicket } from './tickets.ts';

const lineFields = z.array(z.record(z.string(), z.unknown())).optional();

/** What visitors and clients do: JSON for scripts, and the same for the forms of the pages. */
export function addApi(app: App, host: Host): void {
  const post = poster(app, host, '/api/');
  const logIn = createLogin(host);
  post('session', (c) => {
    const account = logIn(input(c).text('email'), input(c).text('password'));
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
  post('cart', (c) => {
    const line = parse(orderLineRequest, c.get('body'));
    const session = c.get('session') ?? startSession(c, host);
    return addToCart(host, session, line, input(c).optional('currency') ?? session.currency);
  });
  app.on(['DELETE', 'POST'], ['/api/cart', '/api/cart/clear'], (c) => {
    writeCart(host, c.get('session'), []);
    return c.json({ lines: [] });
  });
  post('checkout', (c) => {
    const { cart = [], currency } = c.get('session') ?? {};
    const fromCart = c.get('body')['lines'] === undefined && cart.length > 0 ? { lines: cart, currency } : {};
    const placed = checkout(host, user(c), parse(orderRequest, { ...c.get('body'), ...fromCart }), 'shop');
    if (fromCart.lines) writeCart(host, c.get('session'), []);
    return receiptOf(placed);
  });

  for (const kind of ['order', 'invoice', 'service', 'ticket'] as const) {
    app.get(`/api/${kind}s`, (c) => {
      const { page, cursor } = list(host, kind, { clientIds: scopeOf(c), cursor: c.req.query('cursor') });
      return c.json({ [`${kind}s`]: page, cursor });
    });
    app.get(`/api/${kind}s/:id`, (c) => {
      const id = own(c, host, kind);
      const payments = kind === 'invoice' && { payments: load(host, kind, id).payments };
      return c.json({ ...view(host, kind, id), ...payments });
    });
  }
  post('invoices/:id/pay', (c) => {
    const { one, optional } = input(c);
    const method = optional('method') ? one('method', ['gateway', 'credit']) : 'gateway';
    const request = { method, paymentId: optional('paymentId'), amount: optional('amount') };
    return payInvoice(host, own(c, host, 'invoice'), request);
  });
  post('invoices/:id/fail', (c) => failPayment(host, own(c, host, 'invoice')));
  post('invoices/:id/refund', (c) => {
    const { optional } = input(c);
    const given = parse(lineFields, c.get('body')['lines'])?.map(fieldsOf);
    const netOf = (line: Fields) => line.optional('net') ?? line.text('amount');
    const lines = given?.map((line) => ({ lineId: line.text('lineId'), net: netOf(line) }));
    const request = { refundId: optional('refundId'), amount: optional('amount'), lines };
    return refundInvoice(host, own(c, host, 'invoice'), request);
  });
  app.get('/api/credit', (c) => c.json(readCredit(host, user(c).id)));
  post('tickets', (c) => {
    const { text, optional } = input(c);
    return view(host, 'ticket', openTicket(host, user(c).id, text('subject').slice(0, 300), optional('message') ?? ''));
  });
}
