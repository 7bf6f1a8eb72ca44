import { draftInvoice } from './invoices.ts';
import { issueInvoice } from './issue-invoice.ts';
import { addDays, DAY_MS, find, momentNow, readSetting, Refusal, save, today, writeSetting, type Host } from './kit.ts';
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
    const due = "json ->> '$.nextDueOn' <= ? AND json ->> '$.status' IN ('active', 'suspended')";
    for (const service of find(host, 'service', due, addDays(day, RENEWS_BEFORE_DAYS))) {
      const { id, clientId, money, product, quantity, title, recurring, nextDueOn, line } = service;
      if (recurring === null || nextDueOn === null || service.invoicedFor === nextDueOn) continue;
      const what = {
        kind: line.action ? 'domain' : 'product',
        title: `Renewal: ${title}`,
        serviceId: id,
        product,
      } as const;
      const renewal = { ...what, occasion: 'renewal', quantity, unitPrice: recurring, periodFrom: nextDueOn } as const;
      save(host, { ...service, invoicedFor: nextDueOn });
      issueInvoice(host, draftInvoice(host, { clientId, orderId: null, money }, [renewal], nextDueOn));
    }
    suspendOverdue(host, addDays(day, -SUSPENDS_AFTER_DAYS));
    db.run('DELETE FROM outbox WHERE deliveredMs < ?', host.realNow() - KEEPS_EVENTS_DAYS * DAY_MS);
    db.run('DELETE FROM sessions WHERE expiresMs < ?', host.realNow());
    writeSetting(db, 'daily_run', day);
  });
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
  const move = (toMs: number) => writeSetting(host.db, 'clock_offset_ms', String(toMs - host.realNow()));
  if (!(goalMs >= host.now() - 1000 && goalMs <= host.now() + MOST_DAYS * DAY_MS)) {
    throw new Refusal('bad_request', `The clock goes forward only, at most ${MOST_DAYS} days at once.`);
  }
  for (let day = host.now() + DAY_MS; day < goalMs; day += DAY_MS) {
    move(day);
    runDaily(host);
  }
  move(goalMs);
  runDaily(host);
  return momentNow(host);
}
