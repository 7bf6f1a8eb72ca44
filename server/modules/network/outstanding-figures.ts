import type { ServiceContext } from '../../context.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { decimal } from '../revenue/amounts.ts';
import { readOutstanding } from '../revenue/outstanding.ts';
import { patternOf } from '../revenue/payment-pattern.ts';
import { readPeriod, shiftMonth } from '../revenue/period.ts';
import { BY_PAYMENT } from '../revenue/sources.ts';

/** Resellers that are listed by what is overdue. */
const MOST = 50;

/** What is unpaid in the network by age, who owes it, and how everybody pays. */
export async function outstandingFigures(ctx: ServiceContext) {
  const { em } = ctx;
  const { today, from: month } = await readPeriod(ctx, { range: 'this_month' });
  const digits = await digitsOf(em);
  const owing = await em.execute<
    { id: string; company: string; currency: string; amount: string; overdue: string; days: number }[]
  >(
    `select r.id, r.company, x.currency, x.amount, x.overdue, x.days
       from (select reseller_id, currency, sum(total::numeric)::text as amount,
                    coalesce(sum(total::numeric) filter (where due_on < ?::date), 0)::text as overdue,
                    coalesce(max(?::date - due_on) filter (where due_on < ?::date), 0) as days,
                    row_number() over (partition by currency
                      order by coalesce(sum(total::numeric) filter (where due_on < ?::date), 0) desc, reseller_id) as place
               from invoice where status = 'unpaid' group by 1, 2) x
       join reseller r on r.id = x.reseller_id where x.place <= ? and x.overdue::numeric > 0 order by x.currency, x.place`,
    [today, today, today, today, MOST],
  );
  const patterns = await em.execute<
    { reseller_id: string | null; recent: boolean; days: number; invoices: number; late: number }[]
  >(
    `select reseller_id, month >= ?::date as recent, days, sum(invoices)::int as invoices, sum(late)::int as late
       from ${BY_PAYMENT} f where month >= ?::date and reseller_id in (?)
      group by 1, 2, 3
     union all
     select null, month >= ?::date, days, sum(invoices)::int, sum(late)::int from ${BY_PAYMENT} f where month >= ?::date group by 2, 3
      order by days`,
    [
      shiftMonth(month, -2),
      shiftMonth(month, -11),
      owing.length > 0 ? owing.map(({ id }) => id) : [''],
      shiftMonth(month, -2),
      shiftMonth(month, -11),
    ],
  );
  const pattern = (resellerId: string | null, wanted: (recent: boolean) => boolean) =>
    patternOf(merge(patterns.filter((row) => row.reseller_id === resellerId && wanted(row.recent))));
  return {
    totals: await readOutstanding(em, today, digits),
    payments: pattern(null, () => true),
    resellers: owing.map(({ id, company, currency, amount, overdue, days }) => ({
      reseller: { id, company },
      currency,
      amount: decimal(amount, digits(currency)),
      overdue: decimal(overdue, digits(currency)),
      oldestDays: days,
      payments: pattern(id, () => true),
      /** Last three months against the nine before them: which way it goes. */
      recentMedianDays: pattern(id, (recent) => recent).medianDays,
      earlierMedianDays: pattern(id, (recent) => !recent).medianDays,
    })),
  };
}

/** Counts of the same number of days put together. */
function merge(rows: { days: number; invoices: number; late: number }[]) {
  const byDays = new Map<number, { days: number; invoices: number; late: number }>();
  for (const { days, invoices, late } of rows) {
    const known = byDays.get(days);
    byDays.set(days, { days, invoices: invoices + (known?.invoices ?? 0), late: late + (known?.late ?? 0) });
  }
  return [...byDays.values()].toSorted((a, b) => a.days - b.days);
}
