import { z } from 'zod';
import { type ServiceContext, tenantOf } from '../../context.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { readSales } from '../own-price/sales.ts';
import { Reseller } from '../reseller/entity.ts';
import { readProgress } from '../tier/read-progress.ts';
import { amounts } from './amounts.ts';
import { readOutstanding } from './outstanding.ts';
import { readPaymentPattern } from './payment-pattern.ts';
import { readPeriod, shiftDay, shiftMonth } from './period.ts';
import { BY_RESELLER_MONTH } from './sources.ts';
import { subjectReseller } from './subject.ts';

interface Counts {
  services: number;
  services_added: number;
  services_ended: number;
  customers: number;
  customers_added: number;
  customers_before: number;
  setup_failed: number;
}

/**
 * The figures of a reseller's dashboard: revenue all time, this month and the same days of the last, active services,
 * customers and their growth over 30 days, outstanding, how it pays, its way to the next tier. Revenue is wholesale paid
 * less refunded (pricing.md rule 27); a payment is in it when its transaction commits. Own sales are a second figure, at the
 * reseller's own prices and for itself alone; what its scopes do not cover is null.
 */
export const overviewOfReseller = verb({
  procedure: 'revenue.overview',
  permission: 'orders:read',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const resellerId = await subjectReseller(ctx, input.resellerId);
    const { from: month, previous, today, zone } = await readPeriod(ctx, { range: 'this_month' });
    const digits = await digitsOf(em);
    const sums = await em.execute<{ currency: string; amount: string; month: string; lines: number }[]>(
      `select currency, sum(amount)::text as amount, sum(lines)::int as lines,
              coalesce(sum(amount) filter (where month = ?::date), 0)::text as month
         from ${BY_RESELLER_MONTH} f where reseller_id = ? group by currency`,
      [month, resellerId],
    );
    const before = await em.execute<{ currency: string; amount: string }[]>(
      `select currency, sum(amount)::text as amount from revenue_rollup
        where reseller_id = ? and day between ?::date and ?::date group by currency`,
      [resellerId, previous!.from, previous!.until],
    );
    const since = shiftDay(today, -30);
    const [counts] = await em.execute<Counts[]>(
      `select (select count(*)::int from service where reseller_id = r.id and status = 'active') as services,
              (select count(*)::int from service where reseller_id = r.id and status = 'active'
                  and created_at >= ?::date) as services_added,
              (select count(*)::int from activity a where a.reseller_id = r.id and a.at >= ?::date
                  and a.action = 'service.cancelled') as services_ended,
              (select count(*)::int from service where reseller_id = r.id and status = 'setup_failed') as setup_failed,
              (select count(*)::int from customer where reseller_id = r.id and status = 'active') as customers,
              (select count(*)::int from customer where reseller_id = r.id and created_at >= ?::date) as customers_added,
              (select count(*)::int from customer where reseller_id = r.id and created_at < ?::date) as customers_before
         from reseller r where r.id = ?`,
      [since, since, since, since, resellerId],
    );
    const { customers_added: added, customers_before: earlier } = counts!;
    return {
      today,
      zone,
      revenue: {
        allTime: amounts(sums, digits),
        thisMonth: amounts(
          sums.map((row) => ({ ...row, amount: row.month })),
          digits,
        ),
        sameDaysLastMonth: amounts(before, digits),
      },
      services: {
        active: counts!.services,
        added30d: counts!.services_added,
        ended30d: counts!.services_ended,
        setupFailed: counts!.setup_failed,
      },
      customers: {
        active: counts!.customers,
        added30d: added,
        /** Against those there were 30 days ago, basis points; null when there were none. */
        growthBp: earlier === 0 ? null : Math.round((added * 10_000) / earlier),
      },
      outstanding: await readOutstanding(em, today, digits, resellerId),
      payments: await readPaymentPattern(em, resellerId, shiftMonth(month, -11)),
      ownSales: await readOwnSales(ctx, resellerId, month, zone),
      tier: await readTier(ctx, resellerId),
    };
  },
});

/** Paid orders at the reseller's own prices, by the moment they were placed; null for anybody else. */
async function readOwnSales({ em, actor }: ServiceContext, resellerId: string, month: string, zone: string) {
  if (tenantOf(actor) === null || !actor.permissions.has('prices:read')) return null;
  const digits = await digitsOf(em);
  const own = 'o.reseller_id = ?';
  return {
    allTime: await readSales(em, digits, [own], [resellerId]),
    thisMonth: await readSales(
      em,
      digits,
      [own, 'o.placed_at >= ?::date::timestamp at time zone ?'],
      [resellerId, month, zone],
    ),
  };
}

/** The tier and how far the next one is, in short; the whole of it is `tiers.progress`. */
async function readTier(ctx: ServiceContext, resellerId: string) {
  if (!ctx.actor.permissions.has('tiers:read')) return null;
  const reseller = await ctx.em.findOneOrFail(Reseller, resellerId, { populate: ['tier'] });
  const { automatic, standing, tier, isHighest, next } = await readProgress(ctx, reseller);
  const short = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return {
    ...short(tier),
    automatic,
    standing,
    isHighest,
    next: next && { ...short(next), effectiveDiscountBp: next.effectiveDiscountBp, thresholds: next.thresholds },
  };
}
