import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { likePattern, prefixPattern, readCursor } from '../../paging.ts';
import { Conditions } from '../../platform/database/conditions.ts';
import { ownRows } from '../../tenant.ts';
import { Customer } from '../customer/entity.ts';
import { Invoice } from '../invoice/entity.ts';
import { Reseller } from '../reseller/entity.ts';
import { Order } from './entity.ts';
import { retailTotal } from './retail-total.ts';
import { orderRow } from './row.ts';
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
  /** Placed from this day on, until and with that one (UTC). */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  /** For an admin: orders of this reseller. */
  resellerId: z.string().max(60).optional(),
});
export type OrderFilter = z.output<typeof orderFilter>;

export const orderSort = z.enum(['-placedAt', 'placedAt']);

/** Conditions on order o. @throws forbidden for who has no rows at all */
export function orderConditions(ctx: ServiceContext, filter: OrderFilter) {
  const resellerId = ownRows(ctx).resellerId ?? filter.resellerId;
  const conditions = new Conditions()
    .add('o.reseller_id = ?', resellerId)
    .add('o.status in (?)', filter.status && [filter.status].flat())
    .add('o.via in (?)', filter.via && [filter.via].flat())
    .add('o.customer_id = ?', filter.customerId)
    .add(
      `jsonb_path_query_array(o.lines, '$[*].product') @> ?::jsonb`,
      filter.product === undefined ? undefined : JSON.stringify([filter.product]),
    )
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
      union select n.id from customer c join reseller_order n on n.customer_id = c.id where lower(c.name) like ?
      union select s.order_id from service s where lower(s.domain) like ?)`,
    search,
    number,
    search,
    search,
    search,
    prefix,
    prefix,
  );
}

/** Orders as a list shows them, one more than `limit` when there are more. `sortKey` is where a page ends. */
export async function findOrderRows(
  ctx: ServiceContext,
  filter: OrderFilter,
  page: { sort: z.output<typeof orderSort>; cursor?: string | undefined; limit: number },
) {
  const { em } = ctx;
  const { conditions } = orderConditions(ctx, filter);
  const [direction, beyond] = page.sort === '-placedAt' ? ['desc', '<'] : ['asc', '>'];
  const after = readCursor(page.cursor);
  if (after) conditions.add(`(o.placed_at, o.id) ${beyond} (?::timestamptz, ?)`, after.key, after.id);
  const found = await em.execute<{ id: string; key: string }[]>(
    `select o.id, o.placed_at::text as key from reseller_order o where ${conditions.text}
      order by o.placed_at ${direction}, o.id ${direction} limit ?`,
    [...conditions.values, page.limit + 1],
  );
  const rows = await listRows(
    em,
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id, key }) => {
    const row = rows.get(id);
    return row ? [{ sortKey: key, row }] : [];
  });
}

async function listRows(em: EntityManager, ids: string[]) {
  const orders = await em.find(Order, { id: { $in: ids } });
  const named = (pick: (order: Order) => string | null | undefined) => ({
    $in: [...new Set(orders.map(pick).filter((id) => typeof id === 'string'))],
  });
  const [customers, resellers, invoices] = await Promise.all([
    em.find(Customer, { id: named(({ customerId }) => customerId) }),
    em.find(Reseller, { id: named(({ resellerId }) => resellerId) }),
    em.find(Invoice, { hostInvoiceId: named(({ hostInvoiceId }) => hostInvoiceId) }),
  ]);
  const customerOf = new Map(customers.map((customer) => [customer.id, customer]));
  const resellerOf = new Map(resellers.map((reseller) => [reseller.id, reseller.company]));
  const invoiceOf = new Map(invoices.map((invoice) => [invoice.hostInvoiceId, invoice]));
  return new Map(
    orders.map((order) => {
      const invoice = invoiceOf.get(order.hostInvoiceId ?? '');
      const more = {
        reseller: resellerOf.get(order.resellerId) ?? '',
        products: [...new Set(order.lines.map(({ product }) => product))],
        retailTotal: retailTotal(order),
        invoice: invoice
          ? { id: invoice.hostInvoiceId, number: invoice.number, status: invoice.status, dueOn: invoice.dueOn ?? null }
          : null,
        cancelling: order.cancelState === 'asked',
      };
      return [order.id, { ...orderRow(order, customerOf.get(order.customerId ?? '') ?? null), ...more }];
    }),
  );
}
