import type { Hono } from 'hono';
import { z } from 'zod';
import type { BridgeJobs } from './bridge-jobs.ts';
import { advanceClock } from './daily-run.ts';
import { bumpVersion } from './emit.ts';
import { readFaults, writeFaults } from './faults.ts';
import { momentNow, writeSetting, type Host } from './host.ts';
import { own, scopeOf, staff, user, type Env } from './http.ts';
import { cancelInvoice, editLine, readInvoice } from './invoices.ts';
import { digitsOf, toMinor } from './money.ts';
import { readOrder } from './orders.ts';
import { Refusal } from './refusal.ts';
import { count, optional, parse, text } from './requests.ts';
import { readService } from './services.ts';

const clock = z.object({ advance: optional, days: optional, to: optional });
const editPrice = z.object({ serviceId: text, recurring: text });
const editLineRequest = z.object({ invoiceId: text, lineId: optional, unitPrice: optional, quantity: count(10_000).optional() });
const coupon = z.object({ orderId: optional, invoiceId: optional, code: text.default('TEST'), amount: text });
const event = z.object({ eventId: optional, sequence: optional, next: z.unknown() });
const callName = z.preprocess((value) => (value === '' ? null : value), z.string().max(60).nullable());
const settings = z
  .object({ uniqueReferences: z.boolean(), delayMs: z.int().min(0).max(60_000), failNext: callName, failAfter: callName })
  .partial();

/**
 * The levers of tests and demos: the clock, and silent changes, of the kind that staff, cron jobs and coupons of real
 * hosts make without telling anybody. Clients reach their own objects only.
 */
export function addTestApi(app: Hono<Env>, host: Host, jobs: BridgeJobs): void {
  const { db } = host;
  app.use('/api/test/*', async (c, next) => {
    user(c);
    await next();
  });
  app.get('/api/test/clock', (c) => c.json({ now: momentNow(host) }));
  app.post('/api/test/clock', async (c) => {
    const target = parse(clock, c.get('body'));
    const now = advanceClock(host, target);
    // Prices confirmed before the jump look old after it.
    await jobs.pull();
    return c.json({ now });
  });
  app.post('/api/test/edit-price', (c) => {
    const { serviceId, recurring } = parse(editPrice, c.get('body'));
    const id = own(c, host, 'services', serviceId);
    db.update('services', id, { recurring: toMinor(recurring, readService(host, id).money.digits) });
    return c.json(readService(host, id));
  });
  app.post('/api/test/edit-line', (c) => {
    const { invoiceId, lineId, unitPrice, quantity } = parse(editLineRequest, c.get('body'));
    const { id, lines, money } = readInvoice(host, own(c, host, 'invoices', invoiceId));
    const price = unitPrice === undefined ? {} : { unitPrice: toMinor(unitPrice, money.digits) };
    editLine(host, id, lineId ?? lines[0]?.id ?? '', { ...price, ...(quantity === undefined ? {} : { quantity }) });
    return c.json(readInvoice(host, id));
  });
  app.post('/api/test/coupon', (c) => {
    const { orderId, invoiceId, code, amount } = parse(coupon, c.get('body'));
    const ofOrder = orderId === undefined ? null : readOrder(host, own(c, host, 'orders', orderId)).invoiceId;
    const { id, orderId: order, money } = readInvoice(host, own(c, host, 'invoices', invoiceId ?? ofOrder ?? ''));
    const about = { kind: 'discount', title: `Coupon ${code}`, orderId: order, occasion: 'other', quantity: 1 };
    editLine(host, id, null, { ...about, unitPrice: -Math.abs(toMinor(amount, money.digits)) });
    return c.json(readInvoice(host, id));
  });
  app.post('/api/test/delete-order', (c) => {
    const { orderId } = parse(z.object({ orderId: text }), c.get('body'));
    return c.json({ deleted: db.run('DELETE FROM orders WHERE id = ?', own(c, host, 'orders', orderId)) });
  });
  app.post('/api/test/cancel-invoice', (c) => {
    const { invoiceId } = parse(z.object({ invoiceId: text }), c.get('body'));
    return c.json(cancelInvoice(host, own(c, host, 'invoices', invoiceId), true));
  });
  app.post('/api/test/lose-event', (c) => {
    const { eventId, sequence, next } = parse(event, c.get('body'));
    if (next === true || next === 'true') writeSetting(db, 'lose_next_event', 'yes');
    const lost = db.run('DELETE FROM outbox WHERE event = ? OR sequence = ?', eventId ?? '', Number(sequence ?? 0));
    return c.json({ lost, next: next === true || next === 'true' });
  });
  app.get('/api/test/mail', (c) => {
    type Mail = { id: string; recipient: string; invoice: string };
    const rows = db.all<Mail>('SELECT * FROM mails WHERE ? IS NULL OR clientId = ? ORDER BY id', scopeOf(c), scopeOf(c));
    return c.json({
      mails: rows.map(({ recipient, invoice, ...mail }) => {
        const { id, total, money, lines } = JSON.parse(invoice) as ReturnType<typeof readInvoice>;
        return { ...mail, to: recipient, invoiceId: id, total, currency: money.currency, lines };
      }),
    });
  });
  app.get('/api/test/outbox', (c) => {
    staff(c);
    const sql = 'SELECT sequence, json, attempts, deliveredMs, nextMs, reason FROM outbox ORDER BY sequence DESC LIMIT 1000';
    const rows = db.all<{ json: string }>(sql);
    return c.json({ status: jobs.status, outbox: rows.map(({ json, ...row }) => ({ ...row, event: JSON.parse(json) as object })) });
  });
  app.post('/api/test/settings', (c) => {
    staff(c);
    return c.json(writeFaults(host, parse(settings, c.get('body'))));
  });
}
