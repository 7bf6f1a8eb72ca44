import { z } from 'zod';
import type { BridgeJobs } from './bridge/jobs.ts';
import { advanceClock } from './daily-run.ts';
import { writeFaults } from './faults.ts';
import { input, own, poster, scopeOf, staff, user, type App } from './http.ts';
import { appendLine, cancelInvoice, editLine } from './invoices.ts';
import { discountLine } from './issue-invoice.ts';
import { changed, DAY_MS, load, momentNow, save, toMinor, toText, view, writeSetting, type Host } from './kit.ts';
import { deleteOrder } from './orders.ts';
import { orderLineRequest, parse } from './requests.ts';

const callName = z.string().max(60).nullable();
const delayMs = z.int().min(0).max(60_000);
const settings = z
  .object({
    uniqueReferences: z.boolean(),
    delayMs,
    failNext: callName,
    failAfter: callName,
    hooksOff: z.boolean(),
    nativeCheckoutBroken: z.boolean(),
  })
  .partial();
const quantityOnly = orderLineRequest.pick({ quantity: true });
const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, '': DAY_MS };

/**
 * The levers of tests and demos: the clock, and silent changes of the kind that staff, cron jobs and coupons of real
 * hosts make without telling anybody. Clients reach their own things only.
 */
export function addTestApi(app: App, host: Host, jobs: BridgeJobs): void {
  const { db } = host;
  const post = poster(app, host, '/api/test/', user);
  app.get('/api/test/clock', (c) => c.json({ now: user(c) && momentNow(host) }));
  app.post('/api/test/clock', async (c) => {
    const { optional } = input(c);
    const [, count, unit = ''] = /^(\d{1,6}) *([smhd]?)$/.exec(optional('advance') ?? optional('days') ?? '') ?? [];
    const byMs = Number(count) * (units[unit] ?? 0);
    const now =
      user(c) && advanceClock(host, count === undefined ? Date.parse(optional('to') ?? '') : host.now() + byMs);
    // Prices that were confirmed before the jump look old after it.
    await jobs.pull();
    return c.json({ now });
  });
  post('edit-price', (c) => {
    const service = load(host, 'service', own(c, host, 'service', input(c).text('serviceId')));
    const { digits } = service.money;
    save(host, { ...service, recurring: toText(toMinor(input(c).text('recurring'), digits), digits) });
    return view(host, 'service', service.id);
  });
  post('edit-line', (c) => {
    const { text, optional } = input(c);
    const { id, lines } = load(host, 'invoice', own(c, host, 'invoice', text('invoiceId')));
    const unitPrice = optional('unitPrice');
    const { quantity } = optional('quantity') ? parse(quantityOnly, c.get('body')) : {};
    const change = { ...(unitPrice && { unitPrice }), ...(quantity && { quantity }) };
    editLine(host, id, optional('lineId') ?? lines[0]?.id ?? '', change);
    return view(host, 'invoice', id);
  });
  post('coupon', (c) => {
    const { text, optional } = input(c);
    const ofOrder = () => load(host, 'order', own(c, host, 'order', text('orderId'))).invoiceId;
    const id = own(c, host, 'invoice', optional('invoiceId') ?? ofOrder() ?? '');
    appendLine(host, id, discountLine(optional('code') ?? 'TEST', text('amount').replace('-', '')));
    return view(host, 'invoice', id);
  });
  post('delete-order', (c) => {
    deleteOrder(host, own(c, host, 'order', input(c).text('orderId')));
    return { deleted: true };
  });
  const silently = (_: Host, id: string) => cancelInvoice(host, id, true);
  post('cancel-invoice', (c) =>
    changed(host, 'invoice', own(c, host, 'invoice', input(c).text('invoiceId')), silently),
  );
  post('lose-event', (c) => {
    const { optional, yes } = input(c);
    if (yes('next')) writeSetting(db, 'lose_next_event', 'yes');
    const sql = 'DELETE FROM outbox WHERE event = ? OR sequence = ?';
    return { lost: db.run(sql, optional('eventId') ?? '', optional('sequence') ?? '').changes, next: yes('next') };
  });
  app.get('/api/test/mail', (c) => {
    const [only = ''] = scopeOf(c) ?? [];
    type Mail = { id: number; clientId: string; to: string; subject: string; at: string; content: string };
    const sql = `SELECT id, clientId, recipient AS "to", subject, at, content FROM mails WHERE ? IN ('', clientId) ORDER BY id`;
    const mails = db
      .all<Mail>(sql, only)
      .map(({ content, ...mail }) => Object.assign(mail, JSON.parse(content) as object));
    return c.json({ mails });
  });
  app.get('/api/test/outbox', (c) => {
    type Row = { json: string; sequence: number; attempts: number; deliveredMs: number | null; reason: string | null };
    const sql = 'SELECT json, sequence, attempts, deliveredMs, reason FROM outbox ORDER BY sequence DESC LIMIT 1000';
    const outbox = db
      .all<Row>(sql)
      .map(({ json, ...row }) => Object.assign(row, { event: JSON.parse(json) as object }));
    return c.json({ status: staff(c) && jobs.status, outbox });
  });
  post('settings', (c) => staff(c) && writeFaults(host, parse(settings, c.get('body'))));
}
