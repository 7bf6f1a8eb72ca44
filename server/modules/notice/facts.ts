import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { formatAmount, parseAmount } from '../../money.ts';
import { CALLED } from '../customer/called.ts';
import type { NoticeKind } from './kinds.ts';
import type { Facts } from './render.ts';

/** An event of the outbox, as notices are made from it. */
export interface Event {
  id: string;
  type: string;
  reseller_id: string | null;
  payload: Record<string, unknown>;
  created_at: string | Date;
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));
const told = z.object({
  orderId: text,
  serviceId: text,
  message: text,
  days: text,
  reapplyOn: text,
  tier: text,
  status: text,
  publicReason: text,
  effectiveAt: text,
  linesUp: z.coerce.number().catch(0),
  month: text,
  currency: text,
  closing: text,
  endpoint: text,
});

/** What a notice of this event says beside company and provider; null when there is nothing to tell. */
export async function factsOf(em: EntityManager, kind: NoticeKind, event: Event): Promise<Facts | null> {
  const payload = told.parse(event.payload);
  switch (kind) {
    case 'order_paid': {
      const [order] = await em.execute<
        { number: string; due_now: string; digits: number; currency: string; customer: string | null }[]
      >(
        `select o.number::text as number, o.due_now, o.digits, o.currency, ${CALLED} as customer
           from reseller_order o left join customer c on c.id = o.customer_id where o.id = ?`,
        [payload.orderId],
      );
      if (!order) return null;
      const amount = formatAmount(parseAmount(order.due_now, order.digits), order.digits);
      return { order: order.number, customer: order.customer, amount: `${amount} ${order.currency}` };
    }
    case 'setup_failed': {
      const [service] = await em.execute<{ title: string; domain: string | null; customer: string | null }[]>(
        `select s.title, s.domain, ${CALLED} as customer from service s left join customer c on c.id = s.customer_id where s.id = ?`,
        [payload.serviceId],
      );
      if (!service) return null;
      const { title, domain, customer } = service;
      return { service: domain ? `${title} (${domain})` : title, customer };
    }
    case 'tier_changed':
      return tierChange(em, event);
    case 'price_rise':
      return payload.linesUp > 0
        ? { from: payload.effectiveAt?.slice(0, 10) ?? null, products: String(payload.linesUp) }
        : null;
    case 'status_changed':
      return { status: payload.status, reason: payload.publicReason };
    case 'statement_ready':
      return { month: payload.month?.slice(0, 7) ?? null, currency: payload.currency, closing: payload.closing };
    case 'webhook_off':
      return { endpoint: payload.endpoint };
    default:
      return { message: payload.message, days: payload.days, reapplyOn: payload.reapplyOn, tier: payload.tier };
  }
}

/** From the activity entry of the same moment, which holds both sides; null when the terms changed but not the tier. */
async function tierChange(em: EntityManager, event: Event): Promise<Facts | null> {
  const [row] = await em.execute<{ tier: string; previous: string }[]>(
    `select new.name as tier, old.name as previous from activity a
       join tier new on new.id = a.after ->> 'tier' join tier old on old.id = a.before ->> 'tier'
      where a.reseller_id = ? and a.at = ?::timestamptz and a.action = ? and new.id <> old.id limit 1`,
    [event.reseller_id, event.created_at, event.type],
  );
  return row ? { tier: row.tier, previousTier: row.previous } : null;
}
