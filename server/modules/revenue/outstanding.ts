import type { EntityManager } from '@mikro-orm/postgresql';
import { formatMinor, minorUnits } from '../../../hooks/prices/money.ts';
import { decimal } from './amounts.ts';

/** Age classes of what is unpaid, by days after the due date (screens A1). */
export const AGE = `case when due_on is null or due_on >= ?::date then 'not_due'
  when ?::date - due_on <= 7 then '1-7' when ?::date - due_on <= 30 then '8-30' when ?::date - due_on <= 60 then '31-60' else '60+' end`;
export const ages = ['not_due', '1-7', '8-30', '31-60', '60+'] as const;

export interface Outstanding {
  currency: string;
  /** As the host invoices it, tax included where it does. */
  amount: string;
  overdue: string;
  invoices: number;
  byAge: { age: (typeof ages)[number]; amount: string }[];
}

/** Unpaid invoices by currency and age. An invoice that is paid in part is unpaid (pricing.md rule 28). */
export async function readOutstanding(
  em: EntityManager,
  today: string,
  digits: (currency: string) => number,
  resellerId?: string,
): Promise<Outstanding[]> {
  const rows = await em.execute<{ currency: string; age: (typeof ages)[number]; amount: string; invoices: number }[]>(
    `select currency, ${AGE} as age, sum(total::numeric)::text as amount, count(*)::int as invoices
       from invoice where status = 'unpaid' ${resellerId ? 'and reseller_id = ?' : ''} group by 1, 2`,
    [today, today, today, today, ...(resellerId ? [resellerId] : [])],
  );
  return outstandingOf(rows, digits);
}

/** Rows by currency and age put together. */
export function outstandingOf(
  rows: { currency: string; age: string; amount: string; invoices: number }[],
  digits: (currency: string) => number,
): Outstanding[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].toSorted();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const sum = (wanted: (age: string) => boolean) =>
      decimal(addUp(own.filter(({ age }) => wanted(age)).map(({ amount }) => amount)), digits(currency));
    return {
      currency,
      amount: sum(() => true),
      overdue: sum((age) => age !== 'not_due'),
      invoices: own.reduce((total, { invoices }) => total + invoices, 0),
      byAge: ages.map((age) => ({ age, amount: sum((other) => other === age) })),
    };
  });
}

/** Exact sum of decimal texts. */
function addUp(texts: string[]): string {
  const scale = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0));
  return formatMinor(
    texts.reduce((total, text) => total + minorUnits(text, scale)!, 0n),
    scale,
  );
}
