import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { sqliteStoreSchema } from '../../bridge/sqlite-store.ts';

/**
 * Tables of the host and of the bridge inside it. What the contract names (clients, orders, invoices, services, tickets)
 * is one document each, written as the contract writes it.
 */
const SCHEMA_VERSION = 1;
const schema = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE currencies (code TEXT PRIMARY KEY, digits INTEGER NOT NULL) STRICT;
CREATE TABLE product_groups (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
CREATE TABLE products (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE coupons (code TEXT PRIMARY KEY COLLATE NOCASE, bp INTEGER NOT NULL) STRICT;
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0,
  changedAt TEXT NOT NULL, json TEXT NOT NULL, clientId TEXT GENERATED ALWAYS AS (json ->> '$.clientId')) STRICT;
CREATE INDEX documents_by_client ON documents (kind, clientId);
CREATE UNIQUE INDEX logins ON documents (lower(json ->> '$.email')) WHERE kind = 'client';
CREATE INDEX orders_by_reference ON documents (json ->> '$.reference') WHERE kind = 'order';
CREATE INDEX services_by_due ON documents (json ->> '$.nextDueOn') WHERE kind = 'service';
CREATE TABLE sessions (hash TEXT PRIMARY KEY, clientId TEXT, cart TEXT NOT NULL, currency TEXT, expiresMs INTEGER NOT NULL) STRICT;
CREATE TABLE credits (reference TEXT PRIMARY KEY, clientId TEXT NOT NULL, amount INTEGER NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL) STRICT;
CREATE TABLE mails (id INTEGER PRIMARY KEY, clientId TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
  content TEXT NOT NULL, at TEXT NOT NULL) STRICT;
${sqliteStoreSchema}
`;

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
