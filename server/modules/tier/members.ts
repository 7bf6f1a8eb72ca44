import { z } from 'zod';
import { formatAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { catchUp } from '../figures/catch-up.ts';

/** Per tier how many resellers hold it by status, and their revenue of all time and of 30 days; each currency by itself. */
export const countTierMembers = verb({
  procedure: 'tiers.members',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({}),
  run: async ({ em }) => {
    await catchUp(em);
    const members = await em.execute<{ id: string; members: number; active: number }[]>(
      `select t.id, count(r.id)::int as members, (count(*) filter (where r.status = 'active'))::int as active
         from tier t left join reseller r on r.tier_id = t.id and r.status <> 'terminated' group by t.id, t.position order by t.position`,
    );
    const money = await em.execute<{ id: string; currency: string; revenue: string; recent: string }[]>(
      `select r.tier_id as id, z.currency, sum(z.revenue)::text as revenue, sum(z.recent)::text as recent
         from reseller_total z join reseller r on r.id = z.reseller_id group by 1, 2 order by 1, 2`,
    );
    const digits = await digitsOf(em);
    return {
      rows: members.map((row) => ({
        ...row,
        revenue: money
          .filter(({ id }) => id === row.id)
          .map(({ currency, revenue, recent }) => ({
            currency,
            amount: formatAmount(BigInt(revenue), digits(currency)),
            recent: formatAmount(BigInt(recent), digits(currency)),
          })),
      })),
    };
  },
});
