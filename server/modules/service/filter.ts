import { z } from 'zod';
import type { InvoiceLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { likePattern, prefixPattern } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { shiftDay } from '../revenue/period.ts';

const statuses = ['pending', 'setup_failed', 'active', 'suspended', 'cancelled'] as const;
const serviceStatus = z.enum(statuses);
/** In the words of the index: what never falls due comes after all others. */
const DUE = `coalesce(s.next_due_on, '9999-12-31'::date)`;

const views = z.enum(['all', 'active', 'due_soon', 'at_risk', 'needs_attention', 'ended']);

/** By what services can be found, for the list and its totals. */
export const serviceFilter = z.object({
  /** Domain, title or customer; over all resellers the beginning of a domain, or a whole id. */
  search: z.string().trim().max(100).optional(),
  /** due_soon: within 14 days. at_risk: active, but a renewal is overdue, so that the host may suspend it. needs_attention: suspended, or its setup failed. */
  view: views.default('all'),
  status: z.union([serviceStatus, z.array(serviceStatus).min(1).max(5)]).optional(),
  product: z.string().max(120).optional(),
  term: z.string().max(10).optional(),
  customerId: z.string().max(60).optional(),
  orderId: z.string().max(60).optional(),
  /** false: services that nobody was named for yet. */
  assigned: z.boolean().optional(),
  dueFrom: z.iso.date().optional(),
  dueUntil: z.iso.date().optional(),
  /** For an admin: services of this reseller. */
  resellerId: z.string().max(60).optional(),
});
export type ServiceFilter = z.output<typeof serviceFilter>;

const DUE_SOON_DAYS = 14;

/** Conditions on service s. @throws forbidden for who has no rows at all */
export async function serviceConditions(ctx: ServiceContext, filter: ServiceFilter) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const conditions = new Conditions()
    .add('s.reseller_id = ?', resellerId)
    .add('s.status in (?)', filter.status && [filter.status].flat())
    .add('s.product = ?', filter.product)
    .add('s.term = ?', filter.term)
    .add('s.customer_id = ?', filter.customerId)
    .add('s.order_id = ?', filter.orderId)
    .add(`s.next_due_on is not null and ${DUE} >= ?::date`, filter.dueFrom)
    .add(`${DUE} <= ?::date`, filter.dueUntil);
  if (filter.assigned !== undefined) conditions.add(`s.customer_id is ${filter.assigned ? 'not null' : 'null'}`);
  if (filter.view === 'active') conditions.add(`s.status = 'active'`);
  if (filter.view === 'ended') conditions.add(`s.status = 'cancelled'`);
  if (filter.view === 'needs_attention') conditions.add(`s.status in ('suspended', 'setup_failed')`);
  if (filter.view === 'at_risk') {
    conditions.add(
      `s.status = 'active' and s.host_service_id in (
         select line ->> 'serviceId' from invoice i cross join lateral jsonb_array_elements(i.lines) line
          where i.status = 'unpaid' and i.due_on < ?::date and line ->> 'occasion' = ?
            ${resellerId === undefined ? '' : 'and i.reseller_id = ?'})`,
      await billingToday(ctx.em, ctx.now),
      'renewal' satisfies InvoiceLine['occasion'],
      ...(resellerId === undefined ? [] : [resellerId]),
    );
  }
  if (filter.view === 'due_soon') {
    const until = shiftDay(await billingToday(ctx.em, ctx.now), DUE_SOON_DAYS);
    conditions.add(`s.status in ('active', 'suspended') and ${DUE} <= ?::date`, until);
  }
  if (filter.search && resellerId !== undefined) {
    const pattern = likePattern(filter.search);
    conditions.add(
      `(s.id = ? or s.host_service_id = ? or s.domain ilike ? or s.title ilike ?
        or (select concat_ws(' / ', c.name, c.company) from customer c where c.id = s.customer_id) ilike ?)`,
      filter.search,
      filter.search,
      pattern,
      pattern,
      pattern,
    );
  } else if (filter.search) {
    conditions.add(
      '(s.id = ? or s.host_service_id = ? or lower(s.domain) like ?)',
      filter.search,
      filter.search,
      prefixPattern(filter.search),
    );
  }
  return { resellerId, conditions };
}
