import type { EntityManager } from '@mikro-orm/postgresql';

interface Client {
  query(text: unknown, ...rest: unknown[]): unknown;
}
export interface Pool {
  on(event: 'connect', listener: (client: Client) => void): unknown;
}
type Query = Parameters<ReturnType<EntityManager['getKysely']>['executeQuery']>[0];

/** A statement that is parsed and planned once per connection. `text` marks its parameters $1, $2 … */
export interface Prepared {
  name: string;
  text: string;
}

const names = new Map<string, string>();

/** `sql` with its question marks numbered. */
export function prepared(name: string, sql: string): Prepared {
  let number = 0;
  const text = sql.replaceAll('?', () => `$${(number += 1)}`);
  names.set(text, name);
  return { name, text };
}

/** Sends the statements made by `prepared` under their names. The ORM's query layer has no place for a name itself. */
export function nameStatements(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    client.query = (text, ...rest) => {
      const name = typeof text === 'string' ? names.get(text) : undefined;
      return name === undefined ? query(text, ...rest) : query({ name, text }, ...rest);
    };
  });
}

interface NativePool {
  query<Row>(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: Row[] }>;
}

/**
 * Runs a prepared statement in the transaction of `em`, or by itself outside of one. em.execute writes its values into
 * the text, so PostgreSQL plans each call anew: for the look-up of a key that is most of what a quote costs.
 */
export async function executePrepared<Row>(em: EntityManager, statement: Prepared, values: unknown[]): Promise<Row[]> {
  const { name, text } = statement;
  if (!em.isInTransaction()) {
    const connection = em.getConnection() as unknown as { getNativeClient(): Promise<NativePool> };
    const pool = await connection.getNativeClient();
    return (await pool.query<Row>({ name, text, values })).rows;
  }
  // Made by hand: kysely's own factory would have to be a dependency of ours.
  const query = { sql: text, parameters: values, query: { kind: 'RawNode' }, queryId: { queryId: name } };
  const { rows } = await em.getKysely().executeQuery(query as unknown as Query);
  return rows as Row[];
}
