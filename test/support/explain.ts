import type { ServiceContext } from '../../server/context.ts';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** Runs `work` and answers which of `tables` its own queries read from beginning to end, with the query. */
export async function wholeReads(
  ctx: ServiceContext,
  tables: readonly string[],
  work: (ctx: ServiceContext) => Promise<unknown>,
): Promise<string[]> {
  const asked: [string, unknown[]][] = [];
  const em = new Proxy(ctx.em, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'execute') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string, values: unknown[] = []) => {
        asked.push([sql, values]);
        return target.execute(sql, values);
      };
    },
  });
  await work({ ...ctx, em });
  const found: string[] = [];
  for (const [sql, values] of asked) {
    const [row] = await ctx.em.execute<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`explain (format json) ${sql}`, values);
    for (const table of readsOf(row!['QUERY PLAN'][0]!.Plan))
      if (tables.includes(table)) found.push(`${table}: ${sql}`);
  }
  return found;
}

function readsOf(plan: Plan): string[] {
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(readsOf)];
}
