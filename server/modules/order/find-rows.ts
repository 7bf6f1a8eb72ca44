import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { readCursor } from '../../paging.ts';
import { Customer } from '../customer/entity.ts';
import { Invoice } from '../invoice/entity.ts';
import { Reseller } from '../reseller/entity.ts';
import { Order } from './entity.ts';
import { orderConditions, type OrderFilter } from './filter.ts';
import { retailTotal } from './retail-total.ts';
import { orderRow } from './row.ts';

export const orderSort = z.enum(['-placedAt', 'placedAt']);

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
