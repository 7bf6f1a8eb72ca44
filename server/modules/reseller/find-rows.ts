import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount, parseAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { effectiveDiscount } from './effective-discount.ts';
import type { ResellerRow, ResellerStatus } from './schemas.ts';

interface Found {
  id: string;
  company: string;
  email: string;
  host_client_id: string;
  currency: string;
  status: ResellerStatus;
  public_reason: string | null;
  api_enabled: boolean;
  tier_id: string;
  tier_name: string;
  tier_bp: number | null;
  own_discount_bp: number | null;
  programme_bp: number;
  totals: { currency: string; revenue: string; recent: string; previous: string }[] | null;
  outstanding: { currency: string; amount: string; overdue: string }[] | null;
  customers: number;
  services: number;
  orders: number;
  last_order_at: string | null;
  standing: ResellerRow['standing'];
  country: string | null;
  manager: string | null;
  tags: string[];
  status_since: string;
  created_at: string;
  version: number;
}

/**
 * What a reseller's rows are read from; `r` is the reseller. Outer joins on keys: PostgreSQL leaves out those of which
 * nothing is asked, so that an index on resellers alone can be followed.
 */
export const RESELLER_TABLES = `reseller r left join tier t on t.id = r.tier_id left join programme g on g.id = 1
  left join reseller_count n on n.reseller_id = r.id
  left join tier_standing s on s.reseller_id = r.id
  left join reseller_profile f on f.reseller_id = r.id`;

/** Unpaid invoices of a reseller, and what of them is past its due day. From an index that holds unpaid ones alone. */
const OUTSTANDING = `select i.currency, sum(i.total::numeric) as amount,
         coalesce(sum(i.total::numeric) filter (where i.due_on < (select billing_day(now()))), 0) as overdue
    from invoice i where i.reseller_id = r.id and i.status = 'unpaid' group by i.currency order by i.currency`;

/**
 * Rows for lists and screens with their figures, by one query over rollups. `order` and `where` are our own SQL, never
 * input.
 */
export async function findResellerRows(
  em: EntityManager,
  query: { where: string; parameters: unknown[]; order?: string; limit?: number },
): Promise<ResellerRow[]> {
  const found = await em.execute<Found[]>(
    `select r.id, r.company, r.email, r.host_client_id, r.currency, r.status, r.public_reason, r.api_enabled, r.tier_id,
            r.own_discount_bp, t.name as tier_name, t.discount_bp as tier_bp, g.discount_bp as programme_bp, r.created_at, r.version,
            coalesce(r.status_since, r.created_at) as status_since, f.country, f.manager, coalesce(f.tags, '[]') as tags,
            coalesce(s.standing, 'holding') as standing,
            coalesce(n.customers, 0) as customers, coalesce(n.services_running, 0) as services,
            coalesce(n.orders_paid, 0) + (select count(*) from reseller_order o where o.reseller_id = r.id
                                             and o.status in ('placing', 'pending'))::int as orders,
            (select o.placed_at from reseller_order o where o.reseller_id = r.id order by o.placed_at desc limit 1) as last_order_at,
            (select json_agg(json_build_object('currency', currency, 'revenue', revenue::text, 'recent', recent::text,
                                               'previous', previous::text) order by currency)
               from reseller_total where reseller_id = r.id) as totals,
            (select json_agg(json_build_object('currency', u.currency, 'amount', u.amount::text, 'overdue', u.overdue::text))
               from (${OUTSTANDING}) u) as outstanding
       from ${RESELLER_TABLES}
      where ${query.where} order by ${query.order ?? 'r.id'} limit ?`,
    [...query.parameters, query.limit ?? 1],
  );
  const digits = await digitsOf(em);
  const minor = (amount: string, currency: string) => formatAmount(BigInt(amount), digits(currency));
  return found.map((row) => ({
    id: row.id,
    company: row.company,
    email: row.email,
    hostClientId: row.host_client_id,
    currency: row.currency,
    status: row.status,
    publicReason: row.public_reason,
    tier: { id: row.tier_id, name: row.tier_name },
    ownDiscountBp: row.own_discount_bp,
    ...effectiveDiscount(row.own_discount_bp, row.tier_bp, row.programme_bp),
    revenue: (row.totals ?? []).map(({ currency, revenue }) => ({ currency, amount: minor(revenue, currency) })),
    recent: (row.totals ?? []).map(({ currency, recent, previous }) => ({
      currency,
      amount: minor(recent, currency),
      previous: minor(previous, currency),
    })),
    outstanding: (row.outstanding ?? []).map(({ currency, amount, overdue }) => ({
      currency,
      amount: formatAmount(parseAmount(amount, digits(currency)), digits(currency)),
      overdue: formatAmount(parseAmount(overdue, digits(currency)), digits(currency)),
    })),
    customers: row.customers,
    services: row.services,
    orders: row.orders,
    lastOrderAt: row.last_order_at === null ? null : new Date(row.last_order_at).toISOString(),
    apiEnabled: row.api_enabled,
    standing: row.standing,
    country: row.country,
    manager: row.manager,
    tags: row.tags,
    statusSince: new Date(row.status_since).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    version: row.version,
  }));
}
