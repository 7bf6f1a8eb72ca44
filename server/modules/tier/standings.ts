import { z } from 'zod';
import { formatAmount } from '../../money.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { statusesWhere } from '../reseller/gates.ts';
import { thresholdsOf } from './decide.ts';
import { loadLadder, rungOf } from './ladder.ts';
import type { Measures } from './measure.ts';

interface Found {
  reseller_id: string;
  company: string;
  tier_id: string;
  version: number;
  standing: 'holding' | 'upgrade_ready' | 'at_risk' | 'pinned';
  target_tier: string | null;
  below_since: string | null;
  due_on: string | null;
  measures: Measures | null;
  measured_at: string | null;
  revenue: string;
  pin_reason: string | null;
}

/** How resellers stand in their tiers as last measured, the largest first, for an admin. */
export const listTierStandings = verb({
  procedure: 'tiers.standings',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({
    standing: z.enum(['holding', 'upgrade_ready', 'at_risk', 'pinned']).optional(),
    tierId: z.string().max(60).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  run: async ({ em }, input) => {
    const filters = ['r.status in (?)'];
    const parameters: unknown[] = [statusesWhere(({ tierReviews }) => tierReviews !== 'none')];
    if (input.standing) {
      filters.push('s.standing = ?');
      parameters.push(input.standing);
    }
    if (input.tierId) {
      filters.push('r.tier_id = ?');
      parameters.push(input.tierId);
    }
    const from = 'from tier_standing s join reseller r on r.id = s.reseller_id';
    const [count] = await em.execute<{ total: number }[]>(
      `select count(*)::int as total ${from} where ${filters.join(' and ')}`,
      parameters,
    );
    const after = readCursor(input.cursor);
    if (after) {
      filters.push('(-s.revenue, s.reseller_id) > (?::bigint, ?)');
      parameters.push(`-${after.key}`.replace('--', ''), after.id);
    }
    const found = await em.execute<Found[]>(
      `select s.*, s.revenue::text as revenue, s.below_since::text as below_since, s.due_on::text as due_on, r.company,
              r.tier_id, r.version ${from}
        where ${filters.join(' and ')} order by -s.revenue, s.reseller_id limit ?`,
      [...parameters, input.limit + 1],
    );
    const { tiers, rules } = await loadLadder(em);
    const digits = (await digitsOf(em))(rules.currency ?? '');
    const nameOf = (id: string) => tiers.find((tier) => tier.id === id)?.name ?? id;
    const page = cursorPage(found, input.limit, count?.total ?? 0, (row) => ({
      key: row.revenue,
      id: row.reseller_id,
    }));
    return {
      ...page,
      rows: page.rows.map((row) => {
        const position = tiers.find((tier) => tier.id === row.tier_id)?.position ?? 0;
        const next = tiers.find((tier) => tier.position > position);
        const measured = {
          revenue: BigInt(row.revenue),
          activeServices: row.measures?.activeServices ?? 0,
          newOrders: row.measures?.newOrders ?? 0,
        };
        return {
          resellerId: row.reseller_id,
          company: row.company,
          version: row.version,
          tier: { id: row.tier_id, name: nameOf(row.tier_id) },
          standing: row.standing,
          target: row.target_tier === null ? null : { id: row.target_tier, name: nameOf(row.target_tier) },
          belowSince: row.below_since,
          dueOn: row.due_on,
          measures: row.measures,
          measuredAt: row.measured_at === null ? null : new Date(row.measured_at).toISOString(),
          pinReason: row.pin_reason,
          next: next
            ? {
                id: next.id,
                name: next.name,
                missing: thresholdsOf(rungOf(next), measured).map(({ measure, missing }) => ({
                  measure,
                  missing: measure === 'revenue' ? formatAmount(missing, digits) : `${missing}`,
                })),
              }
            : null,
        };
      }),
    };
  },
});
