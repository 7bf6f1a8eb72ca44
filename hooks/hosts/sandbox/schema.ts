import { sqliteStoreSchema } from '../../bridge/sqlite-store.ts';

/**
 * Tables of the host and of the bridge inside it. What the contract names (clients, orders, invoices, services, tickets)
 * is one document each, written as the contract writes it.
 */
export const SCHEMA_VERSION = 1;
export const schema = `
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
