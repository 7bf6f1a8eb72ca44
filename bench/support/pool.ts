import type { Orm } from '../../server/platform/database/orm.ts';

export interface Pool {
  query<Row>(query: { text: string; name?: string; values?: unknown[] }): Promise<{ rows: Row[] }>;
}

/** The pool of connections below the ORM: the very driver and settings the service has. */
export async function poolOf(orm: Orm): Promise<Pool> {
  const connection = orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  return connection.getNativeClient();
}
