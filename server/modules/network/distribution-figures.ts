import type { ServiceContext } from '../../context.ts';

/** Size classes of screens A1: how many services, or customers, a reseller has. */
const CLASS = `case when n = 0 then '0' when n <= 5 then '1-5' when n <= 20 then '6-20' when n <= 50 then '21-50'
  when n <= 200 then '51-200' else '200+' end`;
export const sizeClasses = ['0', '1-5', '6-20', '21-50', '51-200', '200+'] as const;

/** How services and customers are spread over the resellers, and services over products and states. */
export async function distributionFigures({ em }: ServiceContext) {
  const spread = async (table: 'service' | 'customer', live: string) => {
    const rows = await em.execute<{ size: (typeof sizeClasses)[number]; resellers: number }[]>(
      `select ${CLASS} as size, count(*)::int as resellers
         from (select r.id, count(x.id) as n from reseller r left join ${table} x on x.reseller_id = r.id and ${live}
                where r.status <> 'terminated' group by r.id) sizes group by 1`,
    );
    const [top] = await em.execute<{ held: number; whole: number }[]>(
      `with sizes as (select count(*) as n from ${table} x where ${live} group by reseller_id)
       select coalesce((select sum(n) from (select n from sizes order by n desc limit 3) top), 0)::int as held,
              coalesce((select sum(n) from sizes), 0)::int as whole`,
    );
    const { held, whole } = top!;
    return {
      whole,
      classes: sizeClasses.map((size) => ({ size, resellers: rows.find((row) => row.size === size)?.resellers ?? 0 })),
      /** Share that the three largest hold, basis points; null when there is nothing. */
      topThreeBp: whole === 0 ? null : Math.round((held * 10_000) / whole),
    };
  };
  const count = (column: string, where: string) =>
    em.execute<{ name: string; title: string | null; services: number }[]>(
      `select x.name, c.display ->> 'title' as title, x.services
         from (select ${column} as name, count(*)::int as services from service ${where} group by 1) x
         left join catalogue_product c on c.id = x.name order by services desc, name limit 50`,
    );
  return {
    services: await spread('service', `x.status in ('active', 'suspended')`),
    customers: await spread('customer', `x.status = 'active'`),
    products: (await count('product', `where status in ('active', 'suspended')`)).map(({ name, title, services }) => ({
      product: { id: name, title: title ?? name },
      services,
    })),
    states: (await count('status', '')).map(({ name, services }) => ({ status: name, services })),
  };
}
