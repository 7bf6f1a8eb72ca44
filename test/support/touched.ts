import type { ServiceContext } from '../../server/context.ts';

type Manager = ServiceContext['em'];
type Counts = Map<string, number>;

/**
 * How many rows of each table PostgreSQL went through for `work`, by its own count: those of a scan from beginning to end
 * and those fetched by an index, whichever way the statement came about (ORM, SQL, function, trigger).
 */
export async function touched(ctx: ServiceContext, work: (ctx: ServiceContext) => Promise<unknown>): Promise<Counts> {
  // The counts of the running transaction: so all of the work has to be in it.
  return ctx.em.fork().transactional(async (em) => {
    const before = await countsOf(em);
    await work({ ...ctx, em: held(em) });
    const after = await countsOf(em);
    return new Map([...after].map(([table, count]) => [table, count - (before.get(table) ?? 0)]));
  });
}

async function countsOf(em: Manager): Promise<Counts> {
  const rows = await em.execute<{ table: string; rows: string }[]>(
    `select relname as "table", coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables`,
  );
  return new Map(rows.map(({ table, rows: count }) => [table, Number(count)]));
}

/** An entity manager whose forks stay in its transaction. */
function held(em: Manager): Manager {
  return new Proxy(em, {
    get(target, name) {
      if (name === 'fork') return () => held(target.fork({ keepTransactionContext: true }));
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
