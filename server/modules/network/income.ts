import { HostError } from '../../../hooks/contract/host-error.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { rangeInput, readPeriod, shiftDay } from '../revenue/period.ts';
import { BY_NETWORK_DAY } from '../revenue/sources.ts';

/** Why there is no figure: it is never shown as 0. */
type Unavailable = { available: false; reason: 'not_offered' | 'unreachable' };

/**
 * The host's whole income in a range beside the resellers' part: direct is what is left, net, by currency. "Not available"
 * where the host does not tell it or cannot be reached.
 */
export const incomeOfNetwork = verb({
  procedure: 'network.income',
  permission: 'network:read',
  mode: 'read',
  input: rangeInput.extend({ range: rangeInput.shape.range.unwrap().exclude(['all']).default('30d') }),
  run: async (ctx, input): Promise<Unavailable | Available> => {
    const period = await readPeriod(ctx, input);
    const read = async () => {
      const { capabilities } = await ctx.host.describe({});
      if (!capabilities.includes('income')) return null;
      return ctx.host['income.read']({ from: period.from, until: shiftDay(period.until, 1) });
    };
    let told: Awaited<ReturnType<typeof read>>;
    try {
      told = await read();
    } catch (error) {
      if (error instanceof HostError) return { available: false, reason: 'unreachable' };
      throw error;
    }
    if (told === null) return { available: false, reason: 'not_offered' };
    const rows = await ctx.em.execute<{ currency: string; amount: string }[]>(
      `select currency, sum(amount)::text as amount from ${BY_NETWORK_DAY} f
        where day between ?::date and ?::date group by currency`,
      [period.from, period.until],
    );
    const byDay = await ctx.em.execute<{ day: string; currency: string; amount: string }[]>(
      `select day::text as day, currency, sum(amount)::text as amount from ${BY_NETWORK_DAY} f
        where day between ?::date and ?::date group by 1, 2`,
      [period.from, period.until],
    );
    const resold = new Map(byDay.map((row) => [`${row.day} ${row.currency}`, BigInt(row.amount)]));
    const resellers = new Map(rows.map(({ currency, amount }) => [currency, BigInt(amount)]));
    const whole = new Map<string, { digits: number; amount: bigint }>();
    for (const { currency, digits, amount } of told.days) {
      const sum = whole.get(currency)?.amount ?? 0n;
      whole.set(currency, { digits, amount: sum + parseAmount(amount, digits) });
    }
    return {
      available: true,
      ...period,
      /** What the provider sold itself, day by day: the host's income less the resellers' part of it. */
      direct: told.days.map(({ day, currency, digits, amount }) => ({
        day,
        currency,
        amount: formatAmount(parseAmount(amount, digits) - (resold.get(`${day} ${currency}`) ?? 0n), digits),
      })),
      rows: [...whole].toSorted().map(([currency, { digits, amount }]) => {
        const part = resellers.get(currency) ?? 0n;
        return {
          currency,
          whole: formatAmount(amount, digits),
          resellers: formatAmount(part, digits),
          direct: formatAmount(amount - part, digits),
          /** The resellers' share, basis points; null without income, or where the host tells less than they paid. */
          shareBp: amount > 0n && part >= 0n && part <= amount ? Number((part * 10_000n) / amount) : null,
        };
      }),
    };
  },
});

export interface Available {
  available: true;
  from: string;
  until: string;
  previous: { from: string; until: string } | null;
  today: string;
  zone: string;
  direct: { day: string; currency: string; amount: string }[];
  rows: { currency: string; whole: string; resellers: string; direct: string; shareBp: number | null }[];
}
