import type { EntityManager } from '@mikro-orm/postgresql';
import type { Days } from './figures.ts';

/**
 * What part of a reseller's revenue since `days.from`, in its own currency, `minor` is: basis points, null when there is
 * no revenue to have a part of.
 */
export async function shareOfRevenue(
  em: EntityManager,
  resellerId: string,
  minor: bigint,
  { from, today }: Days,
): Promise<number | null> {
  const [row] = await em.execute<{ total: string | null }[]>(
    `select sum(v.amount)::text as total from revenue_rollup v join reseller r on r.id = v.reseller_id
      where v.reseller_id = ? and v.day >= ?::date and v.day <= ?::date and v.currency = r.currency`,
    [resellerId, from, today],
  );
  const total = BigInt(row?.total ?? 0);
  return total <= 0n ? null : Number((minor * 10_000n) / total);
}
