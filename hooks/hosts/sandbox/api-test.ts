import { z } from 'zod';
import type { HostInvoice } from '../../contract/index.ts';
import type { BridgeJobs } from './bridge-jobs.ts';
import { advanceClock } from './daily-run.ts';
import { writeFaults } from './faults.ts';
import { input, own, scopeOf, staff, user, type App } from './http.ts';
import { appendLine, cancelInvoice, editLine } from './invoices.ts';
import { DAY_MS, load, momentNow, Refusal, save, toMinor, toText, view, writeSetting, type Host } from './kit.ts';
import { deleteOrder } from './orders.ts';
import { parse } from './requests.ts';

const callName = z.string().max(60).nullable();
const settings = z
  .object({
    uniqueReferences: z.boolean(),
    delayMs: z.int().min(0).max(60_000),
    failNext: callName,
    failAfter: callName,
  })
  .partial();
const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, '': DAY_MS };

/**
 * The levers of tests and demos: the clock, and silent changes of the kind that staff, cron jobs and coupons of real
 * hosts make without telling anybody. Clients reach their own things only.
 */
export function addTestApi(app: App, host: Host, jobs: BridgeJobs): void {
  const { db } = host;
  app.use('/api/test/*', async (c, next) => {
    user(c);
    await next();
  });
  app.get('/api/test/clock', (c) => c.json({ now: momentNow(host) }));
  app.post('/api/test/clock', async (c) => {
    const { optional } = input(c);
    const [, count, unit = ''] = /^(\d{1,6}) *([smhd]?)$/.exec(optional('advance') ?? optional('days') ?? '') ?? [];
    const goal =
      count === undefined ? Date.parse(optional('to') ?? '') : host.now() + Number(count) * (units[unit] ?? 0);
    const now = advanceClock(host, goal);
    // Prices that were confirmed before the jump look old after it.
    await jobs.pull();
    return c.json({ now });
  });
  app.post('/api/test/edit-price', (c) => {
    const service = load(host, 'service', own(c, host, 'service', input(c).text('serviceId')));
    const { digits } = service.money;
    save(host, { ...service, recurring: toText(toMinor(input(c).text('recurring'), digits), digits) });
    return c.json(view(host, 'service', service.id));
  });
  app.post('/api/test/edit-line', (c) => {
    const { text, optional } = input(c);
    const { id, lines } = load(host, 'invoice', own(c, host, 'invoice', text('invoiceId')));
    const [unitPrice, quantity] = [optional('unitPrice'), optional('quantity')];
    if (quantity !== undefined && !/^[1-9]\d{0,4}$/.test(quantity))
      throw new Refusal('quantity_out_of_range', 'Write a whole number from 1.');
    const change = { ...(unitPrice ? { unitPrice } : {}), ...(quantity ? { quantity: Number(quantity) } : {}) };
    editLine(host, id, optional('lineId') ?? lines[0]?.id ?? '', change);
    return c.json(view(host, 'invoice', id));
  });
  app.post('/api/test/coupon', (c) => {
    const { text, optional } = input(c);
    const ofOrder = () => load(host, 'order', own(c, host, 'order', text('orderId'))).invoiceId;
    const id = own(c, host, 'invoice', optional('invoiceId') ?? ofOrder() ?? '');
    const about = {
      kind: 'discount',
      title: `Coupon ${optional('code') ?? 'TEST'}`,
      serviceId: null,
      product: null,
    } as const;
    appendLine(host, id, {
      ...about,
      occasion: 'other',
      quantity: 1,
      unitPrice: `-${text('amount').replace('-', '')}`,
    });
    return c.json(view(host, 'invoice', id));
  });
  app.post('/api/test/delete-order', (c) => {
    deleteOrder(host, own(c, host, 'order', input(c).text('orderId')));
    return c.json({ deleted: true });
  });
  app.post('/api/test/cancel-invoice', (c) => {
    const id = own(c, host, 'invoice', input(c).text('invoiceId'));
    cancelInvoice(host, id, true);
    return c.json(view(host, 'invoice', id));
  });
  app.post('/api/test/lose-event', (c) => {
    const { optional, yes } = input(c);
    if (yes('next')) writeSetting(db, 'lose_next_event', 'yes');
    const sql = 'DELETE FROM outbox WHERE event = ? OR sequence = ?';
    return c.json({
      lost: db.run(sql, optional('eventId') ?? '', optional('sequence') ?? '').changes,
      next: yes('next'),
    });
  });
  app.get('/api/test/mail', (c) => {
    const { clientIds: [only = ''] = [] } = scopeOf(c);
    type Mail = { id: number; clientId: string; to: string; subject: string; at: string; invoice: string };
    const sql = `SELECT id, clientId, recipient AS "to", subject, at, invoice FROM mails WHERE ? IN ('', clientId) ORDER BY id`;
    const mails = db.all<Mail>(sql, only).map(({ invoice, ...mail }) => {
      const { id: invoiceId, total, money, lines } = JSON.parse(invoice) as HostInvoice;
      return { ...mail, id: String(mail.id), invoiceId, total, currency: money.currency, lines };
    });
    return c.json({ mails });
  });
  app.get('/api/test/outbox', (c) => {
    staff(c);
    type Row = {
      json: string;
      sequence: number;
      attempts: number;
      nextMs: number;
      deliveredMs: number | null;
      reason: string | null;
    };
    const rows = db.all<Row>('SELECT * FROM outbox ORDER BY sequence DESC LIMIT 1000');
    const outbox = rows.map(({ json, sequence, attempts, nextMs, deliveredMs, reason }) => {
      return { sequence, attempts, nextMs, deliveredMs, reason, event: JSON.parse(json) as object };
    });
    return c.json({ status: jobs.status, outbox });
  });
  app.post('/api/test/settings', (c) => {
    staff(c);
    return c.json(writeFaults(host, parse(settings, c.get('body'))));
  });
}
