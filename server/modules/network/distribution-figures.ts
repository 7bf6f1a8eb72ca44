import type { ServiceContext } from '../../context.ts';

/** Size classes of screens A1: how many services, or customers, a reseller has. */
const CLASS = `case when n = 0 then '0' when n <= 5 then '1-5' when n <= 20 then '6-20' when n <= 50 then '21-50'
  when n <= 200 then '51-200' else '200+' end`;
/** Products that are named. */
const MOST = 50;
export const sizeClasses = ['0', '1-5', '6-20', '21-50', '51-200', '200+'] as const;

/** How services and customers are spread over the resellers, and services over products and states. */
export async function distributionFigures({ em }: ServiceContext) {
  const spread = async (counted: 'services_running' | 'customers') => {
    const rows = await em.execute<{ size: (typeof sizeClasses)[number]; resellers: number }[]>(
      `select ${CLASS} as size, count(*)::int as resellers
         from (select coalesce(c.${counted}, 0) as n from reseller r left join reseller_count c on c.reseller_id = r.id
                where r.status <> 'terminated') sizes group by 1`,
    );
    const [top] = await em.execute<{ held: number; whole: number }[]>(
      `select coalesce((select sum(n) from (select ${counted} as n from reseller_count order by n desc limit 3) top), 0)::int as held,
              coalesce((select sum(${counted}) from reseller_count), 0)::int as whole`,
    );
    const { held, whole } = top!;
    return {
      whole,
      classes: sizeClasses.map((size) => ({ size, resellers: rows.find((row) => row.size === size)?.resellers ?? 0 })),
      /** Share that the three largest hold, basis points; null when there is nothing. */
      topThreeBp: whole === 0 ? null : Math.round((held * 10_000) / whole),
    };
  };
  // One reading of all services for both.
  const found = await em.execute<{ product: string; title: string | null; status: string; services: number }[]>(
    `select x.product, c.display ->> 'title' as title, x.status, x.services
       from (select product, status, count(*)::int as services from service group by 1, 2) x
       left join catalogue_product c on c.id = x.product`,
  );
  const running = found.filter(({ status }) => status === 'active' || status === 'suspended');
  return {
    services: await spread('services_running'),
    customers: await spread('customers'),
    products: largest(Map.groupBy(running, ({ product }) => product)).map(([id, services, rows]) => ({
      product: { id, title: rows[0]!.title ?? id },
      services,
    })),
    states: largest(Map.groupBy(found, (row) => row.status)).map(([status, services]) => ({ status, services })),
  };
}

/** What most services are of, the largest first. */
function largest<Row extends { services: number }>(
  groups: Map<string, Row[]>,
): [name: string, services: number, Row[]][] {
  return [...groups]
    .map(([name, rows]): [string, number, Row[]] => [name, rows.reduce((sum, { services }) => sum + services, 0), rows])
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST);
}
