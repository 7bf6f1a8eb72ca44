import type { HostEvent, PriceIndex, PriceLock } from '../contract/index.ts';
import { NEVER_MS, type BridgeStore } from './store.ts';

/** What the store needs of the host's database: node:sqlite's DatabaseSync with a few lines around it. */
export interface SqlDatabase {
  all<Row>(sql: string, ...values: (string | number | null)[]): Row[];
  get<Row>(sql: string, ...values: (string | number | null)[]): Row | undefined;
  run(sql: string, ...values: (string | number | null)[]): { changes: number | bigint };
  /** Commits all of `work` or nothing; an inner transaction joins the outer one. */
  transaction<Result>(work: () => Result): Result;
}

/** The tables, to be made with the host's own. */
export const sqliteStoreSchema = `
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

type Json = { json: string };
const parse = <Type>(row: Json | undefined): Type | null => (row ? (JSON.parse(row.json) as Type) : null);

/** The bridge's tables in a host's own SQLite database, so that locks and events commit with the order they belong to. */
export function createSqliteStore(db: SqlDatabase): BridgeStore {
  const saveBlob = (kind: string, blob: { hash: string }) =>
    db.run('INSERT OR IGNORE INTO bridge_blobs VALUES (?, ?, ?)', blob.hash, kind, JSON.stringify(blob));
  const readBlob = (hash: string) => db.get<Json>('SELECT json FROM bridge_blobs WHERE hash = ?', hash);

  // The bridge keeps what it looked up by index object, so the same text must stay the same object.
  let parsed: { json: string; index: PriceIndex } | undefined;

  /** Lists that the index names, their pages and chunks stay; the rest goes. */
  function dropUnnamed(index: PriceIndex): void {
    const named = JSON.stringify(index.entries.flatMap((entry) => entry.lists.map((list) => list.hash)));
    db.run(`DELETE FROM bridge_blobs WHERE kind = 'list' AND hash NOT IN (SELECT value FROM json_each(?))`, named);
    db.run(`DELETE FROM bridge_blobs WHERE kind = 'page' AND hash NOT IN
      (SELECT page.value FROM bridge_blobs l, json_each(l.json, '$.pages') page WHERE l.kind = 'list')`);
    db.run('DELETE FROM bridge_entries WHERE page NOT IN (SELECT hash FROM bridge_blobs)');
    db.run(`DELETE FROM bridge_blobs WHERE kind = 'chunk' AND hash NOT IN (SELECT chunk FROM bridge_entries)`);
  }

  return {
    readIndex() {
      const row = db.get<Json & { confirmedMs: number }>('SELECT json, confirmedMs FROM bridge_index');
      if (row && row.json !== parsed?.json) parsed = { json: row.json, index: JSON.parse(row.json) as PriceIndex };
      return row && parsed ? { index: parsed.index, confirmedAtMs: row.confirmedMs } : null;
    },
    writeIndex({ index, confirmedAtMs, lists, pages, chunks }) {
      db.transaction(() => {
        for (const list of lists) saveBlob('list', list);
        for (const chunk of chunks) saveBlob('chunk', chunk);
        for (const page of pages) {
          saveBlob('page', page);
          for (const { product, chunk } of page.entries) {
            db.run('INSERT OR REPLACE INTO bridge_entries VALUES (?, ?, ?)', page.hash, product, chunk);
          }
        }
        db.run('INSERT OR REPLACE INTO bridge_index VALUES (1, ?, ?)', JSON.stringify(index), confirmedAtMs);
        dropUnnamed(index);
      });
    },
    confirmIndex: (confirmedAtMs) => void db.run('UPDATE bridge_index SET confirmedMs = ?', confirmedAtMs),
    heldHashes(hashes) {
      const sql = 'SELECT hash FROM bridge_blobs WHERE hash IN (SELECT value FROM json_each(?))';
      return new Set(db.all<{ hash: string }>(sql, JSON.stringify(hashes)).map((row) => row.hash));
    },
    readList: (hash) => parse(readBlob(hash)),
    readChunk(listHash, product) {
      const sql = `SELECT c.json FROM bridge_blobs l, json_each(l.json, '$.pages') page
        JOIN bridge_entries e ON e.page = page.value AND e.product = ? JOIN bridge_blobs c ON c.hash = e.chunk WHERE l.hash = ?`;
      return parse(db.get<Json>(sql, product, listHash));
    },

    readLock: (id) => parse(db.get<Json>('SELECT json FROM bridge_locks WHERE serviceId = ?', id)),
    writeLock(lock) {
      const sql = `INSERT INTO bridge_locks VALUES (?, ?, ?, ?) ON CONFLICT (serviceId) DO UPDATE SET
        clientId = excluded.clientId, lockedMs = excluded.lockedMs, json = excluded.json
        WHERE excluded.lockedMs >= lockedMs`;
      return db.run(sql, lock.serviceId, lock.clientId, Date.parse(lock.lockedAt), JSON.stringify(lock)).changes > 0;
    },
    readLocks(clientId) {
      const sql = 'SELECT json FROM bridge_locks WHERE ? IS NULL OR clientId = ? ORDER BY serviceId';
      return db.all<Json>(sql, clientId, clientId).map((row) => JSON.parse(row.json) as PriceLock);
    },

    appendEvent(event) {
      const aggregate = `${event.aggregate.type}:${event.aggregate.id}`;
      const sql = 'INSERT OR IGNORE INTO outbox (event, aggregate, json, atMs) VALUES (?, ?, ?, ?)';
      db.run(sql, event.id, aggregate, JSON.stringify(event), Date.now());
    },
    dueEvents(nowMs, limit) {
      const sql = `SELECT sequence, attempts, json FROM outbox o WHERE deliveredMs IS NULL AND nextMs <= min(?, ${NEVER_MS} - 1) AND NOT EXISTS
        (SELECT 1 FROM outbox older WHERE older.aggregate = o.aggregate AND older.sequence < o.sequence
          AND older.deliveredMs IS NULL AND older.nextMs < ${NEVER_MS}) ORDER BY sequence LIMIT ?`;
      const rows = db.all<Json & { sequence: number; attempts: number }>(sql, nowMs, limit);
      return rows.map(({ sequence, attempts, json }) => ({ sequence, attempts, event: JSON.parse(json) as HostEvent }));
    },
    markDelivered: (sequence) =>
      void db.run('UPDATE outbox SET deliveredMs = ?, reason = NULL WHERE sequence = ?', Date.now(), sequence),
    markFailed(sequence, attempts, nextAttemptMs, reason) {
      const sql = 'UPDATE outbox SET attempts = ?, nextMs = ?, reason = ? WHERE sequence = ?';
      db.run(sql, attempts, nextAttemptMs, reason, sequence);
    },
    wakeEvents: () => void db.run(`UPDATE outbox SET nextMs = 0 WHERE deliveredMs IS NULL AND nextMs < ${NEVER_MS}`),
    eventsAfter(sequence, limit) {
      const sql = 'SELECT sequence, json FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?';
      const rows = db.all<Json & { sequence: number }>(sql, sequence, limit);
      return rows.map((row) => ({ sequence: row.sequence, event: JSON.parse(row.json) as HostEvent }));
    },
  };
}
