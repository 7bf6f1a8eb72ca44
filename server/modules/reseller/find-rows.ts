import type { EntityManager } from '@mikro-orm/postgresql';
import { formatAmount } from '../../money.ts';
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
  tier_id: string;
  tier_name: string;
  tier_bp: number | null;
  own_discount_bp: number | null;
  programme_bp: number;
  revenue: { currency: string; amount: string }[] | null;
  customers: number;
  services: number;
  orders: number;
  created_at: string;
  version: number;
}

/** Rows for lists and screens with their figures, by one query. `order` and `where` are our own SQL, never input. */
export async function findResellerRows(
  em: EntityManager,
  query: { where: string; parameters: unknown[]; order?: string; limit?: number },
): Promise<ResellerRow[]> {
  const found = await em.execute<Found[]>(
    `select r.id, r.company, r.email, r.host_client_id, r.currency, r.status, r.public_reason, r.tier_id, r.own_discount_bp,
            t.name as tier_name, t.discount_bp as tier_bp, g.discount_bp as programme_bp, r.created_at, r.version,
            (select json_agg(json_build_object('currency', s.currency, 'amount', s.total::text) order by s.currency)
               from (select currency, sum(amount) as total from revenue_rollup where reseller_id = r.id group by currency) s) as revenue,
            (select count(*)::int from customer c where c.reseller_id = r.id and c.status = 'active') as customers,
            (select count(*)::int from service s where s.reseller_id = r.id and s.status in ('active', 'suspended')) as services,
            (select count(*)::int from reseller_order o where o.reseller_id = r.id) as orders
       from reseller r join tier t on t.id = r.tier_id cross join programme g
      where ${query.where} order by ${query.order ?? 'r.id'} limit ?`,
    [...query.parameters, query.limit ?? 1],
  );
  const digits = await digitsOf(em);
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
    revenue: (row.revenue ?? []).map(({ currency, amount }) => ({
      currency,
      amount: formatAmount(BigInt(amount), digits(currency)),
    })),
    customers: row.customers,
    services: row.services,
    orders: row.orders,
    createdAt: new Date(row.created_at).toISOString(),
    version: row.version,
  }));
}
