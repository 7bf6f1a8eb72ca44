import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA_VERSION, schema } from './schema.ts';

export type Values = Record<string, SQLInputValue>;

/** The host's database: synchronous, so that one transaction holds everything that belongs together. */
export interface Database {
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Inserts a row and answers its id. Table and column names come from code only, never from a request. */
  insert(table: string, values: Values): string;
  update(table: string, id: string, values: Values): void;
  /** Commits all of `work` or nothing; an inner transaction joins the outer one. */
  transaction<Result>(work: () => Result): Result;
  onCommit(listener: () => void): void;
  close(): void;
}

/** Ids are numbers in the tables and text everywhere else, as in the contract. */
function withTextIds(row: Record<string, unknown>): Record<string, unknown> {
  for (const key in row) {
    if (typeof row[key] === 'number' && (key === 'id' || key.endsWith('Id'))) row[key] = String(row[key]);
  }
  return row;
}

/** Opens (and the first time creates) the database. WAL with full sync: what was answered survives a kill. */
export function openDatabase(file: string): Database {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  );
  const statements = new Map<string, StatementSync>();
  const listeners: (() => void)[] = [];
  let open = false;

  function prepare(sql: string): StatementSync {
    const statement = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  const all = <Row>(sql: string, ...values: SQLInputValue[]) =>
    prepare(sql)
      .all(...values)
      .map(withTextIds) as Row[];

  const db: Database = {
    all,
    get: <Row>(sql: string, ...values: SQLInputValue[]) => all<Row>(sql, ...values)[0],
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    insert(table, values) {
      const columns = Object.keys(values);
      const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
      return String(prepare(sql).run(...Object.values(values)).lastInsertRowid);
    },
    update(table, id, values) {
      const sets = Object.keys(values).map((column) => `${column} = ?`);
      prepare(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`).run(...Object.values(values), id);
    },
    transaction(work) {
      if (open) return work();
      sqlite.exec('BEGIN IMMEDIATE');
      open = true;
      let result;
      try {
        result = work();
        sqlite.exec('COMMIT');
      } catch (error) {
        sqlite.exec('ROLLBACK');
        throw error;
      } finally {
        open = false;
      }
      for (const listener of listeners) listener();
      return result;
    },
    onCommit: (listener) => void listeners.push(listener),
    close: () => sqlite.close(),
  };

  const version = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (version > SCHEMA_VERSION) throw new Error(`${file} was written by a newer sandbox host; use another DATA_DIR`);
  if (version === 0) db.transaction(() => sqlite.exec(`${schema}; PRAGMA user_version = ${SCHEMA_VERSION}`));
  return db;
}
