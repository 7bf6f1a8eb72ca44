import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { likePattern } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { billingToday } from '../revenue/billing-today.ts';

const status = z.enum(['draft', 'unpaid', 'overdue', 'paid', 'part_refunded', 'refunded', 'cancelled']);

/** By what invoices can be found. */
export const invoiceFilter = z.object({
  /** Number; over all resellers the whole of it. */
  search: z.string().trim().max(60).optional(),
  /** unpaid includes what is overdue. */
  status: status.optional(),
  customerId: z.string().max(60).optional(),
  /** Issued from this day on, until and with that one (UTC). */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  /** For an admin: invoices of this reseller. */
  resellerId: z.string().max(60).optional(),
});

/** Conditions on invoice i. @throws forbidden for who has no rows at all */
export async function invoiceConditions(ctx: ServiceContext, filter: z.output<typeof invoiceFilter>) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const today = await billingToday(ctx.em, ctx.now);
  const conditions = new Conditions()
    .add('i.reseller_id = ?', resellerId)
    .add('i.issued_at >= ?::date', filter.from)
    .add('i.issued_at < ?::date + 1', filter.until);
  if (filter.status === 'overdue') conditions.add(`i.status = 'unpaid' and i.due_on < ?::date`, today);
  else conditions.add('i.status = ?', filter.status);
  if (filter.search && resellerId !== undefined) conditions.add('i.number ilike ?', likePattern(filter.search));
  else conditions.add('i.number = ?', filter.search || undefined);
  if (filter.customerId !== undefined) {
    conditions.add(
      `i.host_invoice_id in (
         select o.host_invoice_id from reseller_order o where o.customer_id = ? and o.host_invoice_id is not null
         union select l.host_invoice_id from service s join ledger l on l.host_service_id = s.host_service_id where s.customer_id = ?)`,
      filter.customerId,
      filter.customerId,
    );
  }
  return { resellerId, conditions, today };
}
