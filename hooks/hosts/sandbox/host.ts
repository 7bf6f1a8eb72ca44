import type { BridgeStore } from '../../bridge/store.ts';
import { dayIn } from './calendar.ts';
import type { Database } from './database.ts';

/** Zone in which this provider bills. */
export const ZONE = 'Europe/Berlin';

/** What the host's functions work with: its database, the bridge's tables in it, its clock, and real time. */
export type Host = { db: Database; store: BridgeStore; now: () => number; realNow: () => number };

/** The host's clock is real time plus what was dialled in; signatures and sessions keep to real time. */
export function createHost(db: Database, store: BridgeStore, realNow: () => number): Host {
  return { db, store, realNow, now: () => realNow() + Number(readSetting(db, 'clock_offset_ms') ?? 0) };
}

/** The host's moment, to the second, as the contract writes it. */
export const momentNow = (host: Host): string => `${new Date(host.now()).toISOString().slice(0, 19)}Z`;
/** The host's calendar day. */
export const today = (host: Host): string => dayIn(ZONE, host.now());

export function readSetting(db: Database, key: string): string | undefined {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value;
}

export function writeSetting(db: Database, key: string, value: string): void {
  db.run('INSERT OR REPLACE INTO settings VALUES (?, ?)', key, value);
}
