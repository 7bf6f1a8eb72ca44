import type { BridgeJobs } from './bridge/jobs.ts';
import { advanceClock } from './daily-run.ts';
import { faults, writeFaults } from './faults.ts';
import { own, poster, scopeOf, staff, user, type App } from './http.ts';
import { appendLine, cancelInvoice, editLine } from './invoices.ts';
import { discountLine } from './issue-invoice.ts';
import { DAY_MS, load, momentNow, save, toMinor, toText, view, writeSetting, type Host } from './kit.ts';
import { deleteOrder } from './orders.ts';
import { fieldsOf, orderLineRequest, parse } from './requests.ts';

const quantityOnly = orderLineRequest.pick({ quantity: true });
const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, '': DAY_MS };

/**
 * The levers of tests and demos: the clock, and silent changes of the kind that staff, cron jobs and coupons of real
 * hosts make without telling anybody. Clients reach their own things only.
 */
export function addTestApi(app: App, host: Host, jobs: BridgeJobs): void {
  const { db } = host;
  const { post, change } = poster(app, host, '/api/test/', user);
  app.get('/api/test/clock', (c) => c.json({ now: user(c) && momentNow(host) }));
  app.post('/api/test/clock', async (c) => {
    const { optional } = fieldsOf(user(c) && c.get('body'));
    const duration = optional('advance') ?? optional('days') ?? '';
    const [, count, unit = ''] = /^(\d{1,6}) *([smhd]?)$/.exec(duration) ?? [];
    const byMs = Number(count) * (units[unit] ?? 0);
    const now = advanceClock(host, count === undefined ? Date.parse(optional('to') ?? '') : host.now() + byMs);
    // Prices that were confirmed before the jump look old after it.
    await jobs.pull();
    return c.json({ now });
  });
  change('edit-price', 'service', (id, { text }) => {
    const service = load(host, 'service', id);
    const { digits } = service.money;
    save(host, { ...service, recurring: toText(toMinor(text('recurring'), digits), digits) });
  });
  change('edit-line', 'invoice', (id, { optional, body }) => {
    const unitPrice = optional('unitPrice');
    const { quantity } = optional('quantity') ? parse(quantityOnly, body) : {};
    const lineId = optional('lineId') ?? load(host, 'invoice', id).lines[0]?.id ?? '';
    editLine(host, id, lineId, { ...(unitPrice && { unitPrice }), ...(quantity && { quantity }) });
  });
  post('coupon', (c, { text, optional }) => {
    const ofOrder = () => load(host, 'order', own(c, host, 'order', text('orderId'))).invoiceId;
    const id = own(c, host, 'invoice', optional('invoiceId') ?? ofOrder() ?? '');
    appendLine(host, id, discountLine(optional('code') ?? 'TEST', text('amount').replace('-', '')));
    return view(host, 'invoice', id);
  });
  post('delete-order', (c, { text }) => {
    deleteOrder(host, own(c, host, 'order', text('orderId')));
    return { deleted: true };
  });
  change('cancel-invoice', 'invoice', (id) => cancelInvoice(host, id, true));
  post('lose-event', (_, { optional, yes }) => {
    if (yes('next')) writeSetting(db, 'lose_next_event', 'yes');
    const sql = 'DELETE FROM outbox WHERE event = ? OR sequence = ?';
    return { lost: db.run(sql, optional('eventId') ?? '', optional('sequence') ?? '').changes, next: yes('next') };
  });
  post('settings', (c, { body }) => staff(c) && writeFaults(host, parse(faults.partial(), body)));
  app.get('/api/test/mail', (c) => {
    type Mail = { id: number; clientId: string; to: string; subject: string; at: string; content: string };
    const sql = `SELECT id, clientId, recipient AS "to", subject, at, content FROM mails WHERE ? IN ('', clientId) ORDER BY id`;
    const mails = db.all<Mail>(sql, scopeOf(c)?.[0] ?? '').map(({ content, ...mail }) => {
      return { ...mail, ...(JSON.parse(content) as object) };
    });
    return c.json({ mails });
  });
  app.get('/api/test/outbox', (c) => {
    type Row = { json: string; sequence: number; attempts: number; deliveredMs: number | null; reason: string | null };
    const sql = 'SELECT json, sequence, attempts, deliveredMs, reason FROM outbox ORDER BY sequence DESC LIMIT 1000';
    const outbox = db.all<Row>(sql).map(({ json, ...row }) => ({ ...row, event: JSON.parse(json) as object }));
    return c.json({ status: staff(c) && jobs.status, outbox });
  });
}
