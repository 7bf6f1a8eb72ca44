import { z } from 'zod';
import type { BridgeJobs } from './bridge-jobs.ts';
import { advanceClock } from './daily-run.ts';
import { writeFaults } from './faults.ts';
import { input, own, scopeOf, staff, user, type App, type Ctx } from './http.ts';
import { appendLine, cancelInvoice, editLine } from './invoices.ts';
import { DAY_MS, load, momentNow, save, toMinor, toText, view, writeSetting, type Host } from './kit.ts';
import { deleteOrder } from './orders.ts';
import { orderLineRequest, parse } from './requests.ts';

const callName = z.string().max(60).nullable();
const delayMs = z.int().min(0).max(60_000);
const settings = z
  .object({ uniqueReferences: z.boolean(), delayMs, failNext: callName, failAfter: callName })
  .partial();
const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, '': DAY_MS };

/**
 * The levers of tests and demos: the clock, and silent changes of the kind that staff, cron jobs and coupons of real
 * hosts make without telling anybody. Clients reach their own things only.
 */
export function addTestApi(app: App, host: Host, jobs: BridgeJobs): void {
  const { db } = host;
  const post = (path: string, handle: (c: Ctx) => object | Promise<object>) =>
    app.post(`/api/test/${path}`, async (c) => c.json(user(c) && (await handle(c))));

  app.get('/api/test/clock', (c) => c.json({ now: user(c) && momentNow(host) }));
  post('clock', async (c) => {
    const { optional } = input(c);
    const [, count, unit = ''] = /^(\d{1,6}) *([smhd]?)$/.exec(optional('advance') ?? optional('days') ?? '') ?? [];
    const goal =
      count === undefined ? Date.parse(optional('to') ?? '') : host.now() + Number(count) * (units[unit] ?? 0);
    const now = advanceClock(host, goal);
    // Prices that were confirmed before the jump look old after it.
    await jobs.pull();
    return { now };
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
    const { quantity } = optional('quantity') ? parse(orderLineRequest.pick({ quantity: true }), c.get('body')) : {};
    return editLine(host, id, optional('lineId') ?? lines[0]?.id ?? '', {
      ...(unitPrice && { unitPrice }),
      ...(quantity && { quantity }),
    });
  });
  post('coupon', (c) => {
    const { text, optional } = input(c);
    const ofOrder = () => load(host, 'order', own(c, host, 'order', text('orderId'))).invoiceId;
    const id = own(c, host, 'invoice', optional('invoiceId') ?? ofOrder() ?? '');
    const title = `Coupon ${optional('code') ?? 'TEST'}`;
    const about = { kind: 'discount', title, serviceId: null, product: null, occasion: 'other', quantity: 1 } as const;
    return appendLine(host, id, { ...about, unitPrice: `-${text('amount').replace('-', '')}` });
  });
  post('delete-order', (c) => deleteOrder(host, own(c, host, 'order', input(c).text('orderId'))));
  post('cancel-invoice', (c) => cancelInvoice(host, own(c, host, 'invoice', input(c).text('invoiceId')), true));
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
    staff(c);
    type Row = { json: string; sequence: number; attempts: number; deliveredMs: number | null; reason: string | null };
    const sql = 'SELECT json, sequence, attempts, deliveredMs, reason FROM outbox ORDER BY sequence DESC LIMIT 1000';
    const outbox = db
      .all<Row>(sql)
      .map(({ json, ...row }) => Object.assign(row, { event: JSON.parse(json) as object }));
    return c.json({ status: jobs.status, outbox });
  });
  post('settings', (c) => staff(c) && writeFaults(host, parse(settings, c.get('body'))));
}
