import type { Hono } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { z } from 'zod';
import { addToCart, readCart } from './cart.ts';
import { checkout } from './checkout.ts';
import { readCredit } from './credit.ts';
import type { Host } from './host.ts';
import { COOKIE, own, ownIds, scopeOf, startSession, user, type Env } from './http.ts';
import { readInvoice } from './invoices.ts';
import { readOrder } from './orders.ts';
import { failPayment, payInvoice, readPayments } from './payments.ts';
import { refundInvoice } from './refunds.ts';
import { maybe, optional, orderLineRequest, orderRequest, parse, text } from './requests.ts';
import { readService } from './services.ts';
import { createLogin, endSession, writeCart } from './sessions.ts';
import { viewShop } from './shop-view.ts';
import { listTickets, openTicket } from './tickets.ts';

const login = z.object({ email: z.string().max(320), password: z.string().max(300) });
const payment = z.object({ method: maybe(z.enum(['gateway', 'credit'])), paymentId: optional, amount: optional });
const refundLine = z.object({ lineId: text, net: optional, amount: optional });
const refund = z.object({ refundId: optional, amount: optional, lines: z.array(refundLine).optional() });

/** What visitors and clients do: JSON for scripts, and the same for the forms of the pages. */
export function addApi(app: Hono<Env>, host: Host): void {
  const logIn = createLogin(host);
  app.post('/api/session', (c) => {
    const { email, password } = parse(login, c.get('body'));
    const found = logIn(email, password);
    startSession(c, host, found);
    const { id, role, name, currency } = found;
    return c.json({ token: c.get('token'), user: { id, role, name, email: found.email, currency } });
  });
  app.post('/api/session/end', (c) => {
    const session = c.get('session');
    if (session) endSession(host, session);
    deleteCookie(c, COOKIE);
    return c.json({ ended: true });
  });

  app.get('/api/products', (c) => c.json(viewShop(host, c.get('session')?.user)));
  app.get('/api/cart', (c) => c.json(readCart(host, c.get('session'), c.req.query('coupon'))));
  app.post('/api/cart', (c) => {
    const { currency, ...line } = parse(orderLineRequest.extend({ currency: optional }), c.get('body'));
    const session = c.get('session') ?? startSession(c, host, undefined);
    return c.json(addToCart(host, session, line, currency ?? session.currency ?? 'USD'));
  });
  app.on(['DELETE', 'POST'], ['/api/cart', '/api/cart/clear'], (c) => {
    const session = c.get('session');
    if (session) writeCart(host, session, [], session.currency);
    return c.json({ lines: [] });
  });

  app.post('/api/checkout', (c) => {
    const client = user(c);
    const session = c.get('session');
    const body = c.get('body');
    const fromCart = body['lines'] === undefined && session !== undefined && session.cart.length > 0;
    const cart = fromCart ? { lines: session.cart, currency: session.currency } : {};
    const request = parse(orderRequest, { ...body, ...cart });
    return host.db.transaction(() => {
      const { order, invoice } = checkout(host, client, request, { placedBy: 'shop' });
      if (fromCart) writeCart(host, session, [], session.currency);
      const { total, status, money } = invoice;
      const answer = { orderId: order.id, invoiceId: invoice.id, total, currency: money.currency, status };
      return c.json({ ...answer, priced: order.stamp ? 'wholesale' : 'retail', lines: order.lines });
    });
  });

  app.get('/api/orders', (c) => c.json({ orders: ownIds(c, host, 'orders').map((id) => readOrder(host, id)) }));
  app.get('/api/orders/:id', (c) => c.json(readOrder(host, own(c, host, 'orders'))));
  app.get('/api/invoices', (c) => c.json({ invoices: ownIds(c, host, 'invoices').map((id) => readInvoice(host, id)) }));
  app.get('/api/invoices/:id', (c) => {
    const id = own(c, host, 'invoices');
    return c.json({ ...readInvoice(host, id), payments: readPayments(host, id) });
  });
  app.post('/api/invoices/:id/pay', (c) => {
    return c.json(payInvoice(host, own(c, host, 'invoices'), parse(payment, c.get('body'))));
  });
  app.post('/api/invoices/:id/fail', (c) => c.json(failPayment(host, own(c, host, 'invoices'))));
  app.post('/api/invoices/:id/refund', (c) => {
    const { lines, ...request } = parse(refund, c.get('body'));
    const named = lines?.map(({ lineId, net, amount }) => ({ lineId, net: net ?? amount ?? '' }));
    return c.json(refundInvoice(host, own(c, host, 'invoices'), { ...request, lines: named }));
  });
  app.get('/api/services', (c) => c.json({ services: ownIds(c, host, 'services').map((id) => readService(host, id)) }));
  app.get('/api/credit', (c) => c.json(readCredit(host, c.req.query('clientId') ?? user(c).id)));
  app.get('/api/tickets', (c) => c.json({ tickets: listTickets(host, scopeOf(c)) }));
  app.post('/api/tickets', (c) => {
    const { subject, message } = parse(z.object({ subject: text.pipe(z.string().max(300)), message: text }), c.get('body'));
    return c.json(openTicket(host, user(c).id, subject, message));
  });
}
