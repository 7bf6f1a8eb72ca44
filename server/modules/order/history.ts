import type { EntityManager } from '@mikro-orm/postgresql';
import { Activity } from '../activity/entity.ts';
import type { Order } from './entity.ts';

/** Entries of each kind at most: an order's life is shorter. */
const MOST = 200;

/** An event as it was taken in; `occurredAt` is the host's time of it, null of those from before it was kept. */
interface Report {
  type: string;
  outcome: string;
  aggregate: string;
  at: string;
  occurredAt: string | null;
}
type ServiceIds = Record<'id' | 'hostServiceId', string>;

/**
 * What happened to an order: what was done here and in its invoice and services (activity), what was tried at the host
 * (journal), and what the host reported (events). The timeline is in the order of what happened when, by the host's times
 * where it told them: its events may come in any order.
 */
export async function orderHistory(em: EntityManager, order: Order, services: ServiceIds[], paidAt: Date | null) {
  const hostServices = services.map(({ hostServiceId }) => hostServiceId);
  const subjects: [string, string[]][] = [
    ['order', [order.id]],
    ['invoice', order.hostInvoiceId ? [order.hostInvoiceId] : []],
    ['service', [...services.map(({ id }) => id), ...hostServices]],
  ];
  const [entries, journal, reports] = await Promise.all([
    em.find(
      Activity,
      { $or: subjects.map(([subjectType, ids]) => ({ subjectType, subjectId: { $in: ids } })) },
      { orderBy: { at: 'asc', id: 'asc' }, limit: MOST },
    ),
    em.execute<{ step: string; phase: string; message: string | null; at: string }[]>(
      `select step, phase, detail ->> 'message' as message, at from order_journal where order_id = ? order by id limit ?`,
      [order.id, MOST],
    ),
    em.execute<Report[]>(
      `select type, outcome, aggregate_type || ' ' || aggregate_id as aggregate, received_at as at, occurred_at as "occurredAt" from inbox
        where (aggregate_type = 'order' and aggregate_id = ?) or (aggregate_type = 'invoice' and aggregate_id = ?)
           or (aggregate_type = 'service' and aggregate_id in (?))
        order by received_at, event_id limit ?`,
      [order.hostOrderId ?? '', order.hostInvoiceId ?? '', [...hostServices, ''], MOST],
    ),
  ]);
  const happened = happenedBy(order, services, reports, paidAt);
  const inTurn = entries.toSorted((left, right) => left.sequence - right.sequence);
  return {
    timeline: inTurn
      .map((entry) => ({ entry, at: happened(entry) }))
      .toSorted((left, right) => left.at.getTime() - right.at.getTime() || rankOf(left.entry) - rankOf(right.entry))
      .map(({ entry: { action, subjectType, actor }, at }) => ({
        at: at.toISOString(),
        kind: action,
        about: subjectType,
        by: actor.kind,
      })),
    journal: journal.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), ...line })),
    reports: reports
      .filter(({ aggregate }) => !aggregate.startsWith('service '))
      .map(({ type, outcome, at }) => ({ at: new Date(at).toISOString(), type, outcome })),
  };
}

/** Of what happened at the same moment, an order comes before its invoice, and that before what it pays for. */
const LIFECYCLE = ['order', 'invoice', 'service'];
const rankOf = ({ subjectType }: Activity): number => LIFECYCLE.indexOf(subjectType);

/**
 * When an entry happened: the host's time of the payment or event that it was written for, which was taken in at the
 * entry's own moment. Never before the order was placed, nor before what was written of the same object earlier (older
 * states are dropped): two clocks are not one. To be asked in the order of writing.
 */
function happenedBy(order: Order, services: ServiceIds[], reports: readonly Report[], paidAt: Date | null) {
  const told = new Map<string, Date>();
  for (const { aggregate, at, occurredAt } of reports) {
    const key = `${aggregate} ${new Date(at).getTime()}`;
    if (occurredAt !== null && !told.has(key)) told.set(key, new Date(occurredAt));
  }
  const hostIdOf = new Map(services.map(({ id, hostServiceId }) => [id, hostServiceId]));
  const hostTime = ({ action, at, subjectType, subjectId }: Activity): Date | undefined => {
    if (paidAt && (action === 'order.paid' || action === 'invoice.paid')) return paidAt;
    const objects =
      subjectType === 'service'
        ? [`service ${hostIdOf.get(subjectId) ?? subjectId}`]
        : [`invoice ${order.hostInvoiceId}`, `order ${order.hostOrderId}`];
    return objects.map((object) => told.get(`${object} ${at.getTime()}`)).find(Boolean);
  };
  const reached = new Map<string, Date>();
  return (entry: Activity): Date => {
    const earliest = reached.get(entry.subjectId) ?? order.placedAt;
    const at = hostTime(entry) ?? entry.at;
    const later = at < earliest ? earliest : at;
    reached.set(entry.subjectId, later);
    return later;
  };
}
