import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { yearBefore } from './calendar.ts';
import type { Measured } from './decide.ts';
import type { Counts, RulesOfTiers } from './rules.ts';

/** Why money is not among what counts: a switch of the rules, or a currency whose rate the host did not tell. */
type NotCounted = 'new_orders' | 'renewals' | 'setup' | 'refunds' | 'no_rate';

/** What a reseller was measured at and how that came about; amounts as decimal text. */
export interface Measures {
  /** First day of the period; null = from the beginning. */
  from: string | null;
  until: string;
  currency: string;
  /** What counts, in the programme's currency, converted at the rates of the payments. */
  revenue: string;
  activeServices: number;
  newOrders: number;
  counted: { currency: string; amount: string; converted: string }[];
  notCounted: { why: NotCounted; currency: string; amount: string }[];
}

/** Revenue of one sort: minor units, and millionths of the programme's currency. */
export interface Part {
  currency: string;
  occasion: string;
  setup: boolean;
  refund: boolean;
  amount: string;
  millionths: string;
  unconverted: string;
}

export interface Reading {
  measured: Measured;
  measures: Measures;
}

/**
 * Measures resellers (null = all that have anything) as of a day of the billing zone, over the period of the rules. From
 * rollups alone: revenue is net, paid less refunded (pricing.md rule 27); services are those active on that day, orders
 * those placed in the period that are paid and not given back.
 */
export async function loadMeasures(
  em: EntityManager,
  resellerIds: string[] | null,
  rules: Pick<RulesOfTiers, 'period' | 'counts'> & { currency: string | null },
  until: string,
): Promise<(resellerId: string) => Reading> {
  const from = rules.period === 'lifetime' ? null : yearBefore(until);
  const days = `day <= ?::date ${from ? 'and day >= ?::date' : ''} ${resellerIds ? 'and reseller_id in (?)' : ''}`;
  const bindings = [until, ...(from ? [from] : []), ...(resellerIds ? [resellerIds] : [])];
  const parts = await em.execute<(Part & { reseller_id: string })[]>(
    `select reseller_id, currency, occasion, setup, refund, sum(amount)::text as amount,
            (sum(converted) * 1000000)::bigint::text as millionths, sum(unconverted)::text as unconverted
       from measure_rollup where ${days} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    bindings,
  );
  const numbers = await em.execute<{ reseller_id: string; services: number; orders: number }[]>(
    `select reseller_id, sum(services)::int as services, coalesce(sum(orders) ${from ? 'filter (where day >= ?::date)' : ''}, 0)::int as orders
       from reseller_day where day <= ?::date ${resellerIds ? 'and reseller_id in (?)' : ''} group by 1`,
    [...(from ? [from] : []), until, ...(resellerIds ? [resellerIds] : [])],
  );
  const digits = await digitsOf(em);
  const partsOf = Map.groupBy(parts, (part) => part.reseller_id);
  const numbersOf = new Map(numbers.map((row) => [row.reseller_id, row]));
  // ISO 4217's code for no currency: no amount is in it.
  const currency = rules.currency ?? 'XXX';
  return (resellerId) => {
    const { services = 0, orders = 0 } = numbersOf.get(resellerId) ?? {};
    return {
      ...sumUp(partsOf.get(resellerId) ?? [], rules.counts, { currency, from, until, services, orders }, digits),
    };
  };
}

/** What of the parts counts. Minor units; a half is rounded away from zero (pricing.md rule 1). */
export function sumUp(
  parts: Part[],
  counts: Counts,
  frame: { currency: string; from: string | null; until: string; services: number; orders: number },
  digits: (currency: string) => number,
): Reading {
  const counted = new Map<string, { amount: bigint; millionths: bigint }>();
  const notCounted = new Map<string, { why: NotCounted; currency: string; amount: bigint }>();
  const leaveOut = (why: NotCounted, currency: string, amount: bigint): void => {
    const known = notCounted.get(`${why} ${currency}`) ?? { why, currency, amount: 0n };
    notCounted.set(`${why} ${currency}`, { ...known, amount: known.amount + amount });
  };
  for (const part of parts) {
    const amount = BigInt(part.amount);
    const why = reasonAgainst(part, counts);
    if (why) {
      leaveOut(why, part.currency, amount);
      continue;
    }
    const unconverted = BigInt(part.unconverted);
    if (unconverted !== 0n) leaveOut('no_rate', part.currency, unconverted);
    const known = counted.get(part.currency) ?? { amount: 0n, millionths: 0n };
    counted.set(part.currency, {
      amount: known.amount + amount - unconverted,
      millionths: known.millionths + BigInt(part.millionths),
    });
  }
  const ours = digits(frame.currency);
  const total = [...counted.values()].reduce((sum, { millionths }) => sum + millionths, 0n);
  const revenue = toMinor(total, ours);
  return {
    measured: { revenue, activeServices: frame.services, newOrders: frame.orders },
    measures: {
      from: frame.from,
      until: frame.until,
      currency: frame.currency,
      revenue: formatAmount(revenue, ours),
      activeServices: frame.services,
      newOrders: frame.orders,
      counted: [...counted].map(([currency, { amount, millionths }]) => ({
        currency,
        amount: formatAmount(amount, digits(currency)),
        converted: formatAmount(toMinor(millionths, ours), ours),
      })),
      notCounted: [...notCounted.values()]
        .filter(({ amount }) => amount !== 0n)
        .map(({ why, currency, amount }) => ({ why, currency, amount: formatAmount(amount, digits(currency)) })),
    },
  };
}

function reasonAgainst({ setup, occasion, refund }: Part, counts: Counts): NotCounted | null {
  if (refund && !counts.refundsDeducted) return 'refunds';
  if (setup) return counts.setup ? null : 'setup';
  if (occasion === 'renewal') return counts.renewals ? null : 'renewals';
  return counts.newOrders ? null : 'new_orders';
}

/** Millionths of a unit to minor units. */
function toMinor(millionths: bigint, digits: number): bigint {
  const scaled = millionths * 10n ** BigInt(digits);
  const half = scaled < 0n ? -500_000n : 500_000n;
  return (scaled + half) / 1_000_000n;
}
