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
    const { id, role, name, email, currency, ...rest } = logIn(input(c).text('email'), input(c).text('password'));
    startSession(c, host, { id, role, name, email, currency, ...rest });
    return c.json({ token: c.get('token'), user: { id, role, name, email, currency } });
  });
  app.post('/api/session/end', (c) => {
    const session = c.get('session');
    if (session) endSession(host, session);
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
    const session = c.get('session');
    if (session) writeCart(host, session, []);
    return c.json({ lines: [] });
  });
  app.post('/api/checkout', (c) => {
    const client = user(c);
    const session = c.get('session');
    const body = c.get('body');
    const fromCart = body['lines'] === undefined && session && session.cart.length > 0 ? session : undefined;
    const cart = fromCart ? { lines: fromCart.cart, currency: fromCart.currency } : {};
    const request = parse(orderRequest, { ...body, ...cart });
    return host.db.transaction(() => {
      const { order, invoice } = checkout(host, client, request, { placedBy: 'shop' });
      if (fromCart) writeCart(host, fromCart, []);
      const { id: invoiceId, total, status, money } = invoice;
      const priced = order.stamp ? 'wholesale' : 'retail';
      return c.json({
        orderId: order.id,
        invoiceId,
        total,
        currency: money.currency,
        status,
        priced,
        lines: order.lines,
      });
    });
  });

  for (const kind of ['order', 'invoice', 'service', 'ticket'] as const) {
    app.get(`/api/${kind}s`, (c) => {
      const { page, cursor } = list(host, kind, { ...scopeOf(c), cursor: c.req.query('cursor') });
      return c.json({ [`${kind}s`]: page, cursor });
    });
    app.get(`/api/${kind}s/:id`, (c) => {
      const id = own(c, host, kind);
      return c.json({
        ...view(host, kind, id),
        ...(kind === 'invoice' ? { payments: load(host, kind, id).payments } : {}),
      });
    });
  }
  app.post('/api/invoices/:id/pay', (c) => {
    const { one, optional } = input(c);
    const method = optional('method') ? one('method', ['gateway', 'credit']) : 'gateway';
    const request = { method, paymentId: optional('paymentId'), amount: optional('amount') };
    return c.json(payInvoice(host, own(c, host, 'invoice'), request));
  });
  app.post('/api/invoices/:id/fail', (c) => c.json(failPayment(host, own(c, host, 'invoice'))));
  app.post('/api/invoices/:id/refund', (c) => {
    const given = parse(
      z.object({ lines: z.array(z.record(z.string(), z.unknown())).optional() }),
      c.get('body'),
    ).lines;
    const lines = given
      ?.map(fieldsOf)
      .map(({ text, optional }) => ({ lineId: text('lineId'), net: optional('net') ?? text('amount') }));
    const { optional } = input(c);
    const request = { refundId: optional('refundId'), amount: optional('amount'), lines };
    return c.json(refundInvoice(host, own(c, host, 'invoice'), request));
  });
  app.get('/api/credit', (c) => c.json(readCredit(host, user(c).id)));
  app.post('/api/tickets', (c) => {
    const { text, optional } = input(c);
    return c.json({ id: openTicket(host, user(c).id, text('subject').slice(0, 300), optional('message') ?? '') });
  });
}
