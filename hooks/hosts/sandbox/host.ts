import type { BridgeStore } from '../../bridge/store.ts';
import { dayIn, momentOf } from './calendar.ts';
import type { Database } from './database.ts';

/** Zone in which this provider bills. */
export const ZONE = 'Europe/Berlin';

/** Everything the host's functions work with: its database, the bridge's tables in it, and its clock. */
export interface Host {
  db: Database;
  store: BridgeStore;
  /** The host's clock in UTC milliseconds: real time plus the offset that was dialled in. */
  now(): number;
  /** Real time, for signatures and sessions. */
  realNow(): number;
}

export function createHost(db: Database, store: BridgeStore, realNow: () => number): Host {
  const offset = () => Number(readSetting(db, 'clock_offset_ms') ?? 0);
  return { db, store, realNow, now: () => realNow() + offset() };
}

/** The host's moment as the contract writes it. */
export function momentNow(host: Host): string {
  return momentOf(host.now());
}

/** The host's calendar day. */
export function today(host: Host): string {
  return dayIn(ZONE, host.now());
}

export function readSetting(db: Database, key: string): string | undefined {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value;
}

export function writeSetting(db: Database, key: string, value: string): void {
  db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value);
}
