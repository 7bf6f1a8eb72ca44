import type { ServiceContext } from '../../context.ts';

/** How many resellers, customers and services there are, and came within 30 days: from what is counted with each of them. */
export async function countFigures({ em, now }: ServiceContext) {
  const [row] = await em.execute<
    {
      resellers: number;
      resellers_active: number;
      resellers_added: number;
      customers: number;
      customers_added: number;
      services: number;
      services_added: number;
    }[]
  >(
    `with since as (select ?::timestamptz - interval '30 days' as at)
     select (select count(*)::int from reseller) as resellers,
            (select count(*)::int from reseller where status = 'active') as resellers_active,
            (select count(*)::int from reseller, since where created_at >= since.at) as resellers_added,
            (select coalesce(sum(customers), 0)::int from reseller_count) as customers,
            (select count(*)::int from customer, since where created_at >= since.at) as customers_added,
            (select coalesce(sum(services_active), 0)::int from reseller_count) as services,
            (select count(*)::int from service, since where created_at >= since.at and status = 'active') as services_added`,
    [now],
  );
  const counts = row!;
  return {
    resellers: { all: counts.resellers, active: counts.resellers_active, added30d: counts.resellers_added },
    customers: { active: counts.customers, added30d: counts.customers_added },
    services: { active: counts.services, added30d: counts.services_added },
  };
}
