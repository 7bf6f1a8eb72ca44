import type { ServiceContext } from '../../context.ts';
import { assignPricesLater } from './compile-ahead.ts';
import { SHIP_AHEAD_MS } from './wanted-segments.ts';

/** Compiles and ships ahead what begins to hold soon, for resellers whose rules change with time (pricing.md rule 17). */
export async function rollPrices(ctx: ServiceContext): Promise<void> {
  const rows = await ctx.em.execute<{ reseller_id: string }[]>(
    `select distinct reseller_id from price_assignment a where replaced_at is null and valid_until <= ?
        and not exists (select 1 from price_assignment b where b.reseller_id = a.reseller_id and b.replaced_at is null and b.valid_from = a.valid_until)`,
    [new Date(ctx.now.getTime() + SHIP_AHEAD_MS)],
  );
  if (rows.length === 0) return;
  await assignPricesLater(ctx, { resellerIds: rows.map((row) => row.reseller_id) });
}
