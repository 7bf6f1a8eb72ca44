import type { EntityManager } from '@mikro-orm/postgresql';
import { BY_PAYMENT } from './sources.ts';

export interface PaymentPattern {
  /** Days from issue to payment that half of the invoices did not exceed; null without a paid invoice. */
  medianDays: number | null;
  /** Share paid after the due date, basis points. */
  lateBp: number | null;
  invoices: number;
}

/** How a reseller paid in the months from `since` on (their first days), from the counts by days to pay. */
export async function readPaymentPattern(
  em: EntityManager,
  resellerId: string,
  since: string,
  until = '9999-01-01',
): Promise<PaymentPattern> {
  const rows = await em.execute<{ days: number; invoices: number; late: number }[]>(
    `select days, sum(invoices)::int as invoices, sum(late)::int as late from ${BY_PAYMENT} f
      where reseller_id = ? and month >= ?::date and month < ?::date group by days order by days`,
    [resellerId, since, until],
  );
  return patternOf(rows);
}

/** Rows by days, ascending. */
export function patternOf(rows: { days: number; invoices: number; late: number }[]): PaymentPattern {
  const invoices = rows.reduce((sum, row) => sum + row.invoices, 0);
  if (invoices === 0) return { medianDays: null, lateBp: null, invoices };
  let passed = 0;
  const median = rows.find((row) => (passed += row.invoices) * 2 >= invoices);
  const late = rows.reduce((sum, row) => sum + row.late, 0);
  return { medianDays: median?.days ?? null, lateBp: Math.round((late * 10_000) / invoices), invoices };
}
