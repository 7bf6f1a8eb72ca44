import type { EntityManager } from '@mikro-orm/postgresql';
import { Activity } from '../activity/entity.ts';
import type { Order } from './entity.ts';

/** Entries of each kind at most: an order's life is shorter. */
const MOST = 200;

/**
 * What happened to an order: what was done here and in its invoice and services (activity), what was tried at the host
 * (journal), and what the host reported (events).
 */
export async function orderHistory(em: EntityManager, order: Order, serviceIds: string[]) {
  const subjects: [string, string[]][] = [
    ['order', [order.id]],
    ['invoice', order.hostInvoiceId ? [order.hostInvoiceId] : []],
    ['service', serviceIds],
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
    em.execute<{ type: string; outcome: string; at: string }[]>(
      `select type, outcome, received_at as at from inbox
        where (aggregate_type = 'order' and aggregate_id = ?) or (aggregate_type = 'invoice' and aggregate_id = ?)
        order by received_at limit ?`,
      [order.hostOrderId ?? '', order.hostInvoiceId ?? '', MOST],
    ),
  ]);
  return {
    timeline: entries.map(({ at, action, subjectType, actor }) => ({
      at: at.toISOString(),
      kind: action,
      about: subjectType,
      by: actor.kind,
    })),
    journal: journal.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), ...line })),
    reports: reports.map(({ at, ...report }) => ({ at: new Date(at).toISOString(), ...report })),
  };
}
