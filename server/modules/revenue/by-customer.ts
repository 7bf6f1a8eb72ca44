import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { formatAmount } from '../../money.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { CALLED } from '../customer/called.ts';
import { monthRange } from './by-product.ts';
import { readPeriod } from './period.ts';
import { BY_SOURCE_MONTH } from './sources.ts';
import { subjectReseller } from './subject.ts';

/**
 * A reseller's revenue per customer in one currency over whole months, the largest first, with cursor paging. It follows
 * the service (or the order) to whom it belongs now: what is assigned later counts for the new customer.
 */
export const revenueByCustomer = verb({
  procedure: 'revenue.byCustomer',
  permission: 'customers:read',
  mode: 'read',
  input: z.object({
    currency: currencyCode,
    range: monthRange.default('this_month'),
    resellerId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async (ctx, { currency, range, limit, ...input }) => {
    const { em } = ctx;
    const resellerId = await subjectReseller(ctx, input.resellerId);
    const { from, until, zone } = await readPeriod(ctx, { range });
    const after = readCursor(input.cursor);
    const rows = await em.execute<{ id: string; name: string | null; amount: string; whole: string; total: number }[]>(
      `with sums as (
         select coalesce(s.customer_id, o.customer_id, '') as id, sum(f.amount) as amount
           from ${BY_SOURCE_MONTH} f
           left join service s on s.host_service_id = f.host_service_id and s.reseller_id = f.reseller_id
                and f.host_service_id <> ''
           left join reseller_order o on o.host_invoice_id = f.host_invoice_id and o.reseller_id = f.reseller_id
                and f.host_invoice_id <> ''
          where f.reseller_id = ? and f.currency = ? and f.month between ?::date and ?::date group by 1
       ), page as materialized (
         select id, amount from sums
          where ${after ? '(-amount, id) > (?::numeric, ?)' : 'true'} order by -amount, id limit ?
       )
       select page.id, ${CALLED} as name, page.amount::text as amount, (select sum(amount)::text from sums) as whole,
              (select count(*)::int from sums) as total
         from page left join customer c on c.id = page.id order by -page.amount, page.id`,
      [resellerId, currency, from, until, ...(after ? [after.key, after.id] : []), limit + 1],
    );
    const digits = (await digitsOf(em))(currency);
    const page = cursorPage(rows, limit, rows[0]?.total ?? 0, ({ id, amount }) => ({
      key: (-BigInt(amount)).toString(),
      id,
    }));
    return {
      ...page,
      from,
      until,
      zone,
      currency,
      whole: formatAmount(BigInt(rows[0]?.whole ?? 0), digits),
      rows: page.rows.map(({ id, name, amount }) => ({
        /** Null for what is not assigned to a customer. */
        customer: id === '' ? null : { id, name: name ?? id },
        amount: formatAmount(BigInt(amount), digits),
      })),
    };
  },
});
