import { addDays, durationMs } from './calendar.ts';
import { momentNow, readSetting, today, writeSetting, type Host } from './host.ts';
import { draftInvoice } from './invoices.ts';
import { issueInvoice } from './issue-invoice.ts';
import { Refusal } from './refusal.ts';
import { moveService } from './services.ts';

const RENEWS_BEFORE_DAYS = 7;
const SUSPENDS_AFTER_DAYS = 14;
const KEEPS_EVENTS_MS = 35 * 86_400_000;
const MOST_DAYS = 3700;

type Due = {
  id: string;
  clientId: string;
  product: string;
  title: string;
  currency: string;
  quantity: number;
  line: string;
};

/**
 * What a billing host does each night: renewal invoices for what is due within a week, at the amount stored on the
 * service; each goes through the bridge's guard before it is sent. Services two weeks overdue are suspended.
 */
export function runDaily(host: Host): void {
  const { db } = host;
  const day = today(host);
  if (readSetting(db, 'daily_run') === day) return;
  db.transaction(() => {
    for (const { id } of db.all<{ id: string }>("SELECT id FROM invoices WHERE status = 'draft'"))
      issueInvoice(host, id);
    const due = db.all<Due & { nextDueOn: string; recurring: number }>(
      `SELECT * FROM services s WHERE status IN ('active', 'suspended') AND recurring IS NOT NULL AND nextDueOn <= ? AND NOT EXISTS
        (SELECT 1 FROM invoice_lines WHERE serviceId = s.id AND periodFrom = s.nextDueOn) ORDER BY id`,
      addDays(day, RENEWS_BEFORE_DAYS),
    );
    for (const { id, clientId, product, title, currency, quantity, nextDueOn, recurring, line } of due) {
      const kind = (JSON.parse(line) as { action?: string }).action ? 'domain' : 'product';
      const about = { kind, title: `Renewal: ${title}`, product, quantity, unitPrice: recurring } as const;
      const renewal = { ...about, orderId: null, serviceId: id, occasion: 'renewal', periodFrom: nextDueOn } as const;
      issueInvoice(host, draftInvoice(host, { clientId, orderId: null, currency, dueOn: nextDueOn }, [renewal]));
    }
    suspendOverdue(host, addDays(day, -SUSPENDS_AFTER_DAYS));
    db.run('DELETE FROM outbox WHERE deliveredMs < ?', host.realNow() - KEEPS_EVENTS_MS);
    db.run('DELETE FROM sessions WHERE expiresMs < ?', host.realNow());
    writeSetting(db, 'daily_run', day);
  });
}

function suspendOverdue(host: Host, before: string): void {
  const sql = `SELECT DISTINCT s.id FROM services s JOIN invoice_lines l ON l.serviceId = s.id JOIN invoices i ON i.id = l.invoiceId
    WHERE s.status = 'active' AND l.occasion = 'renewal' AND i.status = 'unpaid' AND i.dueOn < ?`;
  for (const { id } of host.db.all<{ id: string }>(sql, before)) {
    moveService(host, id, 'suspend');
    host.db.update('services', id, { overdue: 1 });
  }
}

/** Moves the host's clock forward, day by day, with the daily run of each day; answers the new moment. */
export function advanceClock(host: Host, target: { advance?: string; days?: number; to?: string }): string {
  const goal =
    target.to === undefined ? host.now() + durationMs(target.advance ?? `${target.days}d`) : Date.parse(target.to);
  const move = (toMs: number) => writeSetting(host.db, 'clock_offset_ms', String(toMs - host.realNow()));
  if (!(goal >= host.now()) || goal > host.now() + MOST_DAYS * 86_400_000) {
    throw new Refusal('bad_request', `The clock goes forward only, at most ${MOST_DAYS} days at once.`);
  }
  for (let day = host.now() + 86_400_000; day < goal; day += 86_400_000) {
    move(day);
    runDaily(host);
  }
  move(goal);
  runDaily(host);
  return momentNow(host);
}
