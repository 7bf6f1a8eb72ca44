import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { likePattern, prefixPattern } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { CALLED_LIKE } from '../customer/called.ts';
import { orderStatus, orderVia } from './schemas.ts';

/** By what orders can be found, for the list, its totals and its export. */
export const orderFilter = z.object({
  /** Number or id of the order, its host order or invoice; customer; domain; for one reseller also the product's title. */
  search: z.string().trim().max(100).optional(),
  status: z.union([orderStatus, z.array(orderStatus).min(1).max(7)]).optional(),
  via: z.union([orderVia, z.array(orderVia).min(1).max(4)]).optional(),
  customerId: z.string().max(60).optional(),
  /** false: orders that nobody was named for yet. */
  assigned: z.boolean().optional(),
  product: z.string().max(120).optional(),
  /** The one order that the host keeps under this id. */
  hostOrderId: z.string().max(120).optional(),
  /** Placed from this day on, until and with that one (UTC). */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  /** For an admin: orders of this reseller. */
  resellerId: z.string().max(60).optional(),
});
export type OrderFilter = z.output<typeof orderFilter>;

/** Conditions on order o. @throws forbidden for who has no rows at all */
export function orderConditions(ctx: ServiceContext, filter: OrderFilter) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const conditions = new Conditions()
    .add('o.reseller_id = ?', resellerId)
    .add('o.status in (?)', filter.status && [filter.status].flat())
    .add('o.via in (?)', filter.via && [filter.via].flat())
    .add('o.customer_id = ?', filter.customerId)
    .add('o.host_order_id = ?', filter.hostOrderId)
    .add('exists (select from order_product p where p.product = ? and p.order_id = o.id)', filter.product)
    .add('o.placed_at >= ?::date', filter.from)
    .add('o.placed_at < ?::date + 1', filter.until);
  if (filter.assigned !== undefined) conditions.add(`o.customer_id is ${filter.assigned ? 'not null' : 'null'}`);
  if (filter.search) addSearch(conditions, filter.search, resellerId !== undefined);
  return { resellerId, conditions };
}

/** Within one reseller anywhere in the words; over all of them by whole numbers and beginnings, which have an index. */
function addSearch(conditions: Conditions, search: string, within: boolean): void {
  const number = /^\d{1,15}$/.test(search) ? Number(search) : 0;
  if (within) {
    const pattern = likePattern(search);
    conditions.add(
      `(o.id = ? or o.number = ? or o.host_order_id = ? or o.host_invoice_id = ? or o.lines->0->>'title' ilike ?
        or jsonb_path_query_array(o.lines, '$[*].domain')::text ilike ?
        or (select i.number from invoice i where i.host_invoice_id = o.host_invoice_id) ilike ?
        or (select concat_ws(' / ', c.name, c.company) from customer c where c.id = o.customer_id) ilike ?)`,
      search,
      number,
      search,
      search,
      pattern,
      pattern,
      pattern,
      pattern,
    );
    return;
  }
  const prefix = prefixPattern(search);
  conditions.add(
    `o.id in (select id from reseller_order where id = ? or number = ? or host_order_id = ? or host_invoice_id = ?
      union select n.id from invoice i join reseller_order n on n.host_invoice_id = i.host_invoice_id where i.number = ?
      union select n.id from customer c join reseller_order n on n.customer_id = c.id where ${CALLED_LIKE}
      union select s.order_id from service s where lower(s.domain) like ?)`,
    search,
    number,
    search,
    search,
    search,
    prefix,
    prefix,
    prefix,
  );
}
