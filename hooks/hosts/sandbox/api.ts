import { deleteCookie } from 'hono/cookie';
import { z } from 'zod';
import { addToCart, readCart } from './cart.ts';
import { checkout } from './checkout.ts';
import { readCredit } from './credit.ts';
import { COOKIE, input, own, scopeOf, startSession, user, type App } from './http.ts';
import { list, load, view, type Host } from './kit.ts';
import { failPayment, payInvoice } from './payments.ts';
import { refundInvoice } from './refunds.ts';
import { fieldsOf, orderLineRequest, orderRequest, parse } from './requests.ts';
import { createLogin, endSession, writeCart } from './sessions.ts';
import { viewShop } from './shop-view.ts';
import { openTicket } from './tickets.ts';

/** What visitors and clients do: JSON for scripts, and the same for the forms of the pages. */
export function addApi(app: App, host: Host): void {
  const logIn = createLogin(host);
  app.post('/api/session', (c) => {
    const account = logIn(input(c).text('email'), input(c).text('password'));
    startSession(c, host, account);
    const { id, role, name, email, currency } = account;
    return c.json({ token: c.get('token'), user: { id, role, name, email, currency } });
  });
  app.post('/api/session/end', (c) => {
    endSession(host, c.get('session'));
    deleteCookie(c, COOKIE);
    return c.json({ ended: true });
  });

  app.get('/api/products', (c) => c.json(viewShop(host, c.get('session')?.account)));
  app.get('/api/cart', (c) => c.json(readCart(host, c.get('session'), c.req.query('coupon'))));
  app.post('/api/cart', (c) => {
    const line = parse(orderLineRequest, c.get('body'));
    const session = c.get('session') ?? startSession(c, host);
    return c.json(addToCart(host, session, line, input(c).optional('currency') ?? session.currency));
  });
  app.on(['DELETE', 'POST'], ['/api/cart', '/api/cart/clear'], (c) => {
    writeCart(host, c.get('session'), []);
    return c.json({ lines: [] });
  });
  app.post('/api/checkout', (c) => {
    const client = user(c);
    const { cart = [], currency } = c.get('session') ?? {};
    const fromCart = c.get('body')['lines'] === undefined && cart.length > 0;
    const request = parse(orderRequest, { ...c.get('body'), ...(fromCart ? { lines: cart, currency } : {}) });
    return host.db.transaction(() => {
      const { order, invoice } = checkout(host, client, request, 'shop');
      if (fromCart) writeCart(host, c.get('session'), []);
      const about = {
        orderId: order.id,
        invoiceId: invoice.id,
        total: invoice.total,
        currency: invoice.money.currency,
      };
      return c.json({
        ...about,
        status: invoice.status,
        priced: order.stamp ? 'wholesale' : 'retail',
        lines: order.lines,
      });
    });
  });

  for (const kind of ['order', 'invoice', 'service', 'ticket'] as const) {
    app.get(`/api/${kind}s`, (c) => {
      const { page, cursor } = list(host, kind, { clientIds: scopeOf(c), cursor: c.req.query('cursor') });
      return c.json({ [`${kind}s`]: page, cursor });
    });
    if (kind !== 'invoice') app.get(`/api/${kind}s/:id`, (c) => c.json(view(host, kind, own(c, host, kind))));
  }
  app.get('/api/invoices/:id', (c) => {
    const id = own(c, host, 'invoice');
    return c.json({ ...view(host, 'invoice', id), payments: load(host, 'invoice', id).payments });
  });
  app.post('/api/invoices/:id/pay', (c) => {
    const { one, optional } = input(c);
    const method = optional('method') ? one('method', ['gateway', 'credit']) : 'gateway';
    const request = { method, paymentId: optional('paymentId'), amount: optional('amount') };
    return c.json(payInvoice(host, own(c, host, 'invoice'), request));
  });
  app.post('/api/invoices/:id/fail', (c) => c.json(failPayment(host, own(c, host, 'invoice'))));
  app.post('/api/invoices/:id/refund', (c) => {
    const { optional } = input(c);
    const given = parse(z.array(z.record(z.string(), z.unknown())).optional(), c.get('body')['lines'])?.map(fieldsOf);
    const lines = given?.map((line) => ({
      lineId: line.text('lineId'),
      net: line.optional('net') ?? line.text('amount'),
    }));
    const request = { refundId: optional('refundId'), amount: optional('amount'), lines };
    return c.json(refundInvoice(host, own(c, host, 'invoice'), request));
  });
  app.get('/api/credit', (c) => c.json(readCredit(host, user(c).id)));
  app.post('/api/tickets', (c) => {
    const { text, optional } = input(c);
    return c.json(openTicket(host, user(c).id, text('subject').slice(0, 300), optional('message') ?? ''));
  });
}
