import { draftInvoice } from './invoices.ts';
import { issueInvoice } from './issue-invoice.ts';
import { addDays, DAY_MS, find, momentNow, readSetting, refuse, save, today, writeSetting, type Host } from './kit.ts';
import { moveService } from './services.ts';

const RENEWS_BEFORE_DAYS = 7;
const SUSPENDS_AFTER_DAYS = 14;
const KEEPS_EVENTS_DAYS = 35;
const MOST_DAYS = 3700;

/**
 * What a billing host does each night: renewal invoices for what is due within a week, at the amount stored on the
 * service; each goes through the bridge's guard before it is sent. Services two weeks overdue are suspended.
 */
export function runDaily(host: Host): void {
  const { db } = host;
  const day = today(host);
  if (readSetting(db, 'daily_run') === day) return;
  db.transaction(() => {
    for (const { id } of find(host, 'invoice', "json ->> '$.status' = 'draft'")) issueInvoice(host, id);
    invoiceRenewals(host, addDays(day, RENEWS_BEFORE_DAYS));
    suspendOverdue(host, addDays(day, -SUSPENDS_AFTER_DAYS));
    db.run('DELETE FROM outbox WHERE deliveredMs < ?', host.realNow() - KEEPS_EVENTS_DAYS * DAY_MS);
    db.run('DELETE FROM sessions WHERE expiresMs < ?', host.realNow());
    writeSetting(db, 'daily_run', day);
  });
}

function invoiceRenewals(host: Host, until: string): void {
  const due = "json ->> '$.nextDueOn' <= ? AND json ->> '$.status' IN ('active', 'suspended')";
  for (const service of find(host, 'service', due, until)) {
    const { id: serviceId, clientId, money, product, quantity, title, recurring, nextDueOn, line } = service;
    if (recurring === null || nextDueOn === null || service.invoicedFor === nextDueOn) continue;
    save(host, { ...service, invoicedFor: nextDueOn });
    const what = { kind: line.action ? 'domain' : 'product', title: `Renewal: ${title}`, occasion: 'renewal' } as const;
    const renewal = { ...what, serviceId, product, quantity, unitPrice: recurring, periodFrom: nextDueOn };
    issueInvoice(host, draftInvoice(host, { clientId, orderId: null, money, dueOn: nextDueOn }, [renewal]));
  }
}

function suspendOverdue(host: Host, before: string): void {
  const overdue = find(host, 'invoice', "json ->> '$.status' = 'unpaid' AND json ->> '$.dueOn' < ?", before);
  for (const { occasion, serviceId } of overdue.flatMap(({ lines }) => lines)) {
    const [service] = find(host, 'service', "id = ? AND json ->> '$.status' = 'active'", serviceId ?? '');
    if (service && occasion === 'renewal') moveService(host, service.id, 'suspend', true);
  }
}

/** Moves the host's clock forward, day by day, with the daily run of each day; answers the new moment. */
export function advanceClock(host: Host, goalMs: number): string {
  const possible = goalMs >= host.now() - 1000 && goalMs <= host.now() + MOST_DAYS * DAY_MS;
  if (!possible) refuse('bad_request', `The clock goes forward only, at most ${MOST_DAYS} days at once.`);
  const days = Math.floor((goalMs - host.now()) / DAY_MS);
  const mornings = Array.from({ length: days }, (_, day) => host.now() + day * DAY_MS);
  for (const toMs of [...mornings, goalMs]) {
    writeSetting(host.db, 'clock_offset_ms', String(toMs - host.realNow()));
    runDaily(host);
  }
  return momentNow(host);
}
