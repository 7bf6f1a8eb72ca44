import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { likePattern, prefixPattern } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows, requireOneReseller } from '../../tenant.ts';
import { CALLED_LIKE } from './called.ts';
import { customerStatus } from './schemas.ts';

/** By what customers can be found, for the list, its totals and its export. */
export const customerFilter = z.object({
  search: z.string().trim().max(100).optional(),
  status: customerStatus.optional(),
  /** growing: paid more in the last 30 complete days than in the 30 before. */
  view: z.enum(['all', 'growing', 'no_active_service', 'overdue']).default('all'),
  /** Customers with a service of this product that is not cancelled. */
  product: z.string().max(120).optional(),
  /** Customers since this day, until and with that one (UTC). */
  sinceFrom: z.iso.date().optional(),
  sinceUntil: z.iso.date().optional(),
  /** Days back from today that `revenue` counts. */
  days: z.int().min(1).max(3660).default(365),
  /** For an admin: customers of this reseller. */
  resellerId: z.string().max(60).optional(),
});
export type CustomerFilter = z.output<typeof customerFilter>;

/** Conditions on customer c. @throws forbidden for who has no rows at all */
export function customerConditions(ctx: ServiceContext, filter: CustomerFilter, id?: string) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const conditions = new Conditions()
    .add('c.id = ?', id)
    .add('c.reseller_id = ?', resellerId)
    .add('c.status = ?', filter.status)
    .add('c.created_at >= ?::date', filter.sinceFrom)
    .add(`c.created_at < ?::date + 1`, filter.sinceUntil)
    .add(
      `exists (select from service x where x.customer_id = c.id and x.product = ? and x.status <> 'cancelled')`,
      filter.product,
    );
  if (filter.search && resellerId !== undefined) {
    const pattern = likePattern(filter.search);
    conditions.add(
      '(c.name ilike ? or c.company ilike ? or c.email ilike ? or c.external_reference ilike ?)',
      pattern,
      pattern,
      pattern,
      pattern,
    );
  } else if (filter.search) {
    const prefix = prefixPattern(filter.search);
    // Over all resellers only beginnings of names, and whole ids, are found: those have an index.
    conditions.add(
      `(${CALLED_LIKE} or c.id = ? or c.host_client_id = ?)`,
      prefix,
      prefix,
      filter.search,
      filter.search,
    );
  }
  return { resellerId, conditions };
}

/** Which customers a view shows, by their figures. */
const views: Record<CustomerFilter['view'], string | null> = {
  all: null,
  growing: 'e.recent > e.before',
  no_active_service: 's.running = 0',
  overdue: 'u.overdue',
};

/** Conditions on the figures of a filter; null when it asks for none. @throws bad_input over all resellers at once */
export function figureCondition(
  filter: CustomerFilter,
  resellerId: string | undefined,
  needed = views[filter.view] !== null,
): string | null {
  const condition = views[filter.view];
  if (needed) requireOneReseller(resellerId);
  return condition;
}
