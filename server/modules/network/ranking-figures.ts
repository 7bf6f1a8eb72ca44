import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { completeDays, type RangeInput, readPeriod } from '../revenue/period.ts';
import { BY_RESELLER_DAY } from '../revenue/sources.ts';

/** Ranges for which rankings are kept ready. */
export const rankedRanges = ['7d', '30d', 'this_month', 'last_month', '12m'] as const satisfies RangeInput['range'][];
export type RankedRange = (typeof rankedRanges)[number];

const MOST = 25;
/** Movers below this in both periods are noise: 50 units of the currency (screens A1). */
const NOISE = 50n;

/**
 * Revenue per reseller and currency over a range, the largest first, with who moved most up and down against before. What
 * moved is told of complete days alone.
 */
export async function rankingFigures(ctx: ServiceContext, range: RankedRange) {
  const { em } = ctx;
  const period = await readPeriod(ctx, { range });
  const previous = period.previous!;
  const complete = completeDays(period);
  const digits = await digitsOf(em);
  const rows = await em.execute<
    { id: string; company: string; currency: string; now: string; done: string; before: string }[]
  >(
    `select r.id, r.company, f.currency, f.now::text as now, f.done::text as done, f.before::text as before
       from (select reseller_id, currency, coalesce(sum(amount) filter (where day >= ?::date), 0) as now,
                    coalesce(sum(amount) filter (where day between ?::date and ?::date), 0) as done,
                    coalesce(sum(amount) filter (where day <= ?::date), 0) as before
               from ${BY_RESELLER_DAY} f where day between ?::date and ?::date group by 1, 2) f
       join reseller r on r.id = f.reseller_id order by f.now desc, r.id`,
    [
      period.from,
      period.from,
      complete?.now.until ?? '-infinity',
      complete?.before.until ?? '-infinity',
      previous.from,
      period.until,
    ],
  );
  const currencies = [...new Set(rows.map(({ currency }) => currency))].toSorted();
  return {
    from: period.from,
    until: period.until,
    previous,
    currencies: currencies.map((currency) => {
      const own = rows
        .filter((row) => row.currency === currency)
        .map((row) => ({ ...row, now: BigInt(row.now), done: BigInt(row.done), before: BigInt(row.before) }));
      const whole = own.reduce((sum, { now }) => sum + now, 0n);
      const least = NOISE * 10n ** BigInt(digits(currency));
      const money = (amount: bigint) => formatAmount(amount, digits(currency));
      const entry = ({ id, company, now, done, before }: (typeof own)[number]) => ({
        reseller: { id, company },
        amount: money(now),
        /** Complete days, and as many before. */
        complete: money(done),
        previous: money(before),
        change: money(done - before),
        /** Basis points; null when there was nothing before: "new". */
        changeBp: before > 0n ? Number(((done - before) * 10_000n) / before) : null,
        shareBp: whole > 0n ? Number((now * 10_000n) / whole) : null,
      });
      const top = own.filter(({ now }) => now !== 0n).slice(0, MOST);
      const moved = own
        .filter(({ done, before }) => done >= least || before >= least)
        .toSorted((a, b) => Number(b.done - b.before - (a.done - a.before)));
      return {
        currency,
        whole: money(whole),
        resellers: own.filter(({ now }) => now !== 0n).length,
        top: top.map(entry),
        others: money(whole - top.reduce((sum, { now }) => sum + now, 0n)),
        up: moved
          .filter(({ done, before }) => done > before)
          .slice(0, MOST)
          .map(entry),
        down: moved
          .filter(({ done, before }) => done < before)
          .toReversed()
          .slice(0, MOST)
          .map(entry),
      };
    }),
  };
}
