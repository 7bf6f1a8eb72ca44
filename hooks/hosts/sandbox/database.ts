import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA_VERSION, schema } from './schema.ts';

export type Database = ReturnType<typeof openDatabase>;

/**
 * Opens (and the first time creates) the host's database. It is synchronous, so that one transaction holds everything
 * that belongs together; WAL with full sync, so that what was answered survives a kill.
 */
export function openDatabase(file: string) {
  const sqlite = new DatabaseSync(file);
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
  const statements = new Map<string, StatementSync>();
  const listeners: (() => void)[] = [];

  function prepare(sql: string): StatementSync {
    const statement = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  /** Commits all of `work` or nothing; an inner transaction joins the outer one. */
  function transaction<Result>(work: () => Result): Result {
    if (sqlite.isTransaction) return work();
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      sqlite.exec('COMMIT');
      for (const listener of listeners) listener();
      return result;
    } finally {
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
    }
  }

  const all = <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).all(...values) as Row[];
  const get = <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).get(...values) as Row | undefined;
  const run = (sql: string, ...values: SQLInputValue[]) => prepare(sql).run(...values);
  const onCommit = (listener: () => void) => listeners.push(listener);
  const version = get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (version > SCHEMA_VERSION) throw new Error(`${file} was written by a newer sandbox host; use another DATA_DIR`);
  if (version === 0) transaction(() => sqlite.exec(`${schema}; PRAGMA user_version = ${SCHEMA_VERSION}`));
  return { transaction, all, get, run, onCommit, close: () => sqlite.close() };
}
