import type { EntityManager } from '@mikro-orm/postgresql';

interface Pool {
  query<Row>(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: Row[] }>;
}

/** A statement that is parsed and planned once per connection. `text` marks its parameters $1, $2 … */
export interface Prepared {
  name: string;
  text: string;
}

/** `sql` with its question marks numbered. */
export function prepared(name: string, sql: string): Prepared {
  let number = 0;
  return { name, text: sql.replaceAll('?', () => `$${(number += 1)}`) };
}

/**
 * Runs a prepared statement on the ORM's pool, outside any transaction. em.execute writes its values into the text, so
 * PostgreSQL plans each call anew: for the look-up of a key that is most of what a quote costs.
 */
export async function executePrepared<Row>(em: EntityManager, statement: Prepared, values: unknown[]): Promise<Row[]> {
  const connection = em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const pool = await connection.getNativeClient();
  const { rows } = await pool.query<Row>({ ...statement, values });
  return rows;
}
