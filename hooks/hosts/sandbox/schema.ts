/**
 * Tables of the host, and of the bridge inside it (`bridge_*`, `outbox`). Columns carry the contract's names. Amounts
 * are integers in minor units, moments are text in UTC, products are documents, and `services.line` is the
 * line as it was bought, for ever.
 */
export const SCHEMA_VERSION = 1;
const ROW = 'version INTEGER NOT NULL DEFAULT 0, changedAt TEXT';
const ID = 'id INTEGER PRIMARY KEY AUTOINCREMENT';
export const schema = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE currencies (code TEXT PRIMARY KEY, digits INTEGER NOT NULL) STRICT;
CREATE TABLE users (${ID}, role TEXT NOT NULL CHECK (role IN ('staff','client')), email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password TEXT NOT NULL, name TEXT NOT NULL, company TEXT, country TEXT, currency TEXT NOT NULL REFERENCES currencies,
  status TEXT NOT NULL DEFAULT 'active', createdAt TEXT NOT NULL, ${ROW}) STRICT;
CREATE TABLE sessions (hash TEXT PRIMARY KEY, userId INTEGER REFERENCES users, cart TEXT NOT NULL DEFAULT '[]',
  currency TEXT, expiresMs INTEGER NOT NULL) STRICT;
CREATE TABLE product_groups (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
CREATE TABLE products (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE coupons (code TEXT PRIMARY KEY COLLATE NOCASE, bp INTEGER NOT NULL) STRICT;
CREATE TABLE orders (${ID}, clientId INTEGER NOT NULL REFERENCES users, reference TEXT, status TEXT NOT NULL DEFAULT 'pending',
  createdAt TEXT NOT NULL, currency TEXT NOT NULL REFERENCES currencies, coupon TEXT, discount INTEGER NOT NULL,
  note TEXT, customer TEXT, placedBy TEXT NOT NULL, stamp TEXT, ${ROW}) STRICT;
CREATE INDEX orders_by_reference ON orders (reference);
CREATE INDEX orders_by_client ON orders (clientId);
CREATE TABLE services (${ID}, orderId INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE, clientId INTEGER NOT NULL
  REFERENCES users, product TEXT NOT NULL REFERENCES products, title TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'pending',
  term TEXT NOT NULL, currency TEXT NOT NULL, quantity INTEGER NOT NULL, line TEXT NOT NULL, recurring INTEGER,
  nextDueOn TEXT, overdue INTEGER NOT NULL DEFAULT 0, createdAt TEXT NOT NULL, ${ROW}) STRICT;
CREATE INDEX services_by_order ON services (orderId);
CREATE INDEX services_by_client ON services (clientId);
CREATE INDEX services_by_due ON services (nextDueOn);
CREATE TABLE invoices (${ID}, clientId INTEGER NOT NULL REFERENCES users, orderId INTEGER, status TEXT NOT NULL DEFAULT 'draft',
  currency TEXT NOT NULL, issuedAt TEXT, dueOn TEXT NOT NULL, paidAt TEXT, held TEXT, ${ROW}) STRICT;
CREATE INDEX invoices_by_client ON invoices (clientId);
CREATE INDEX invoices_by_order ON invoices (orderId);
CREATE TABLE invoice_lines (${ID}, invoiceId INTEGER NOT NULL REFERENCES invoices, kind TEXT NOT NULL, title TEXT NOT NULL,
  orderId INTEGER, serviceId INTEGER, product TEXT, occasion TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0),
  unitPrice INTEGER NOT NULL, periodFrom TEXT) STRICT;
CREATE INDEX lines_by_invoice ON invoice_lines (invoiceId);
CREATE INDEX lines_by_service ON invoice_lines (serviceId, periodFrom);
CREATE TABLE payments (${ID}, invoiceId INTEGER NOT NULL REFERENCES invoices, kind TEXT NOT NULL
  CHECK (kind IN ('payment','failed','refund')), method TEXT NOT NULL, amount INTEGER NOT NULL, at TEXT NOT NULL,
  reference TEXT NOT NULL, lines TEXT, UNIQUE (invoiceId, kind, reference)) STRICT;
CREATE TABLE credits (${ID}, clientId INTEGER NOT NULL REFERENCES users, amount INTEGER NOT NULL,
  reference TEXT NOT NULL UNIQUE, reason TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE tickets (${ID}, clientId INTEGER NOT NULL REFERENCES users, subject TEXT NOT NULL, message TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open', serviceId INTEGER, orderId INTEGER, ${ROW}) STRICT;
CREATE TABLE mails (${ID}, clientId INTEGER NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, invoice TEXT NOT NULL,
  at TEXT NOT NULL) STRICT;
CREATE TABLE bridge_index (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL, confirmedMs INTEGER NOT NULL) STRICT;
CREATE TABLE bridge_blobs (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE bridge_entries (page TEXT NOT NULL, product TEXT NOT NULL, chunk TEXT NOT NULL, PRIMARY KEY (page, product)) STRICT;
CREATE TABLE bridge_locks (serviceId TEXT PRIMARY KEY, clientId TEXT NOT NULL, lockedMs INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX locks_by_client ON bridge_locks (clientId);
CREATE TABLE outbox (sequence INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL UNIQUE, aggregate TEXT NOT NULL,
  json TEXT NOT NULL, atMs INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, nextMs INTEGER NOT NULL DEFAULT 0,
  deliveredMs INTEGER, reason TEXT) STRICT;
CREATE INDEX outbox_waiting ON outbox (aggregate, sequence) WHERE deliveredMs IS NULL;
`;
