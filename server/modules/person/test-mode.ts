import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Does work over the tables that test keys wrote (0017_test_mode.sql), which have the names of the live ones, in the caller's
 * transaction. It is told which those are: the others are views of live rows.
 */
export async function inTestMode(em: EntityManager, work: (own: ReadonlySet<string>) => Promise<void>): Promise<void> {
  const tables = await em.execute<{ name: string }[]>(
    `select table_name as name from information_schema.tables where table_schema = 'test_mode' and table_type = 'BASE TABLE'`,
  );
  const [before] = await em.execute<{ path: string }[]>(`select current_setting('search_path') as path`);
  await em.execute(`select set_config('search_path', 'test_mode', true)`);
  await work(new Set(tables.map(({ name }) => name)));
  await em.execute(`select set_config('search_path', ?, true)`, [before!.path]);
}
