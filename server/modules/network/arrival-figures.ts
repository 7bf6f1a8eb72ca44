import type { ServiceContext } from '../../context.ts';
import { readPeriod, shiftDay } from '../revenue/period.ts';

const OF = { resellers: 'reseller', customers: 'customer', services: 'service' } as const;
type Thing = keyof typeof OF;

/** How many resellers, customers and services came on each of the last 30 days of the provider; the running day is last. */
export async function arrivalFigures(ctx: ServiceContext) {
  const { from, until, zone } = await readPeriod(ctx, { range: '30d' });
  const rows = await ctx.em.execute<{ of: Thing; day: string; n: number }[]>(
    Object.entries(OF)
      .map(
        ([of, table]) =>
          `select '${of}' as of, (created_at at time zone ?)::date::text as day, count(*)::int as n from ${table}
            where created_at >= (?::date)::timestamp at time zone ? group by 2`,
      )
      .join(' union all '),
    Object.keys(OF).flatMap(() => [zone, from, zone]),
  );
  const days: string[] = [];
  for (let day = from; day <= until; day = shiftDay(day, 1)) days.push(day);
  const counted = new Map(rows.map(({ of, day, n }) => [`${of} ${day}`, n]));
  const counts = (of: Thing): number[] => days.map((day) => counted.get(`${of} ${day}`) ?? 0);
  return { from, until, resellers: counts('resellers'), customers: counts('customers'), services: counts('services') };
}
