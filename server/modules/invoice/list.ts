import { z } from 'zod';
import { countRows, cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { hostLinks } from '../host/facts.ts';
import { Order } from '../order/entity.ts';
import { Invoice } from './entity.ts';
import { invoiceConditions, invoiceFilter } from './find-rows.ts';
import { invoiceRow } from './row.ts';

/** Drafts of the host have no moment of issue yet: they come first. */
const KEY = `coalesce(i.issued_at, 'infinity'::timestamptz)`;

/** The acting reseller's own invoices (for an admin: of all resellers), newest first, each with where it is paid. */
export const listInvoices = verb({
  procedure: 'invoices.list',
  permission: 'billing:read',
  mode: 'read',
  input: invoiceFilter.extend({
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { cursor, limit, ...filter }) => {
    const { em } = ctx;
    const { conditions, today } = await invoiceConditions(ctx, filter);
    const count = await countRows(em, `invoice i where ${conditions.text}`, conditions.values);
    const after = readCursor(cursor);
    if (after) conditions.add(`(${KEY}, i.host_invoice_id) < (?::timestamptz, ?)`, after.key, after.id);
    const found = await em.execute<{ id: string; key: string }[]>(
      `select i.host_invoice_id as id, (${KEY})::text as key from invoice i where ${conditions.text}
        order by ${KEY} desc, i.host_invoice_id desc limit ?`,
      [...conditions.values, limit + 1],
    );
    const page = cursorPage(found, limit, count.total, ({ key, id }) => ({ key, id }));
    const ids = page.rows.map(({ id }) => id);
    const [invoices, orders, link] = await Promise.all([
      em.find(Invoice, { hostInvoiceId: { $in: ids } }),
      em.find(Order, { hostInvoiceId: { $in: ids } }),
      hostLinks(ctx.host),
    ]);
    const byId = new Map(invoices.map((invoice) => [invoice.hostInvoiceId, invoice]));
    const orderOf = new Map(orders.map((order) => [order.hostInvoiceId, order]));
    const rows = ids.flatMap((id) => {
      const invoice = byId.get(id);
      return invoice ? invoiceRow(invoice, orderOf.get(id), today, link) : [];
    });
    return { ...page, rows, totalIsExact: count.totalIsExact };
  },
});
