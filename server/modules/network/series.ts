import { currencyCode } from '../../../hooks/contract/index.ts';
import { formatAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { rangeInput, readPeriod } from '../revenue/period.ts';
import { bucket, interval } from '../revenue/series.ts';
import { BY_NETWORK_DAY } from '../revenue/sources.ts';
import { readFigure } from './figure.ts';
import { rankedRanges } from './ranking-figures.ts';

const STACKED = 5;

/**
 * Revenue of all resellers over time in one currency, with the period before, and the five largest resellers apart (of
 * ranges whose ranking is kept; the rest is "others").
 */
export const seriesOfNetwork = verb({
  procedure: 'network.series',
  permission: 'network:read',
  mode: 'read',
  input: rangeInput.extend({ interval: interval.default('day'), currency: currencyCode }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const { currency } = input;
    const period = await readPeriod(ctx, input);
    const digits = (await digitsOf(em))(currency);
    const start = bucket(input.interval);
    const money = <Row extends { amount: string }>(rows: Row[]) =>
      rows.map((row) => ({ ...row, amount: formatAmount(BigInt(row.amount), digits) }));
    const read = async (from: string, until: string) =>
      money(
        await em.execute<{ start: string; amount: string }[]>(
          `select ${start} as start, sum(amount)::text as amount from ${BY_NETWORK_DAY} f
            where currency = ? and day between ?::date and ?::date group by 1 order by 1`,
          [currency, from, until],
        ),
      );
    const ranked = rankedRanges.find((range) => range === input.range);
    const ranking = ranked ? (await readFigure(ctx, `ranking:${ranked}`)).body : null;
    const top = (ranking?.currencies.find((row) => row.currency === currency)?.top ?? []).slice(0, STACKED);
    const stacked =
      top.length === 0
        ? []
        : await em.execute<{ start: string; reseller_id: string; amount: string }[]>(
            `select ${start} as start, reseller_id, sum(amount)::text as amount from revenue_rollup
              where reseller_id in (?) and currency = ? and day between ?::date and ?::date group by 1, 2 order by 1, 2`,
            [top.map(({ reseller }) => reseller.id), currency, period.from, period.until],
          );
    return {
      ...period,
      interval: input.interval,
      currency,
      points: await read(period.from, period.until),
      before: period.previous ? await read(period.previous.from, period.previous.until) : [],
      top: top.map(({ reseller }) => ({
        reseller,
        points: money(stacked.filter((row) => row.reseller_id === reseller.id)).map(({ start: at, amount }) => ({
          start: at,
          amount,
        })),
      })),
    };
  },
});
