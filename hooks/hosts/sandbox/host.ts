import type { BridgeStore } from '../../bridge/store.ts';
import type { MoneyContext } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { Database } from './database.ts';

/** HTTP status of refusals that are not plain 422. */
const inputs = { bad_request: 400, not_logged_in: 401, forbidden: 403, not_found: 404, conflict: 409 } as const;
const statuses = { ...inputs, too_many_tries: 429, internal: 500 } as const;

/** The host says no. The message is for the person who asked, and says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  get status() {
    return statuses[this.code as keyof typeof statuses] ?? 422;
  }
}

export function refuse(code: string, message: string, retryable = false): never {
  throw new Refusal(code, message, retryable);
}

/** The same words whether a thing is missing or somebody else's, so that ids cannot be probed. */
export function refuseUnknown(what: string): never {
  refuse('not_found', `There is no such ${what}.`);
}

/** Zone in which this provider bills. */
export const ZONE = 'Europe/Berlin';
export const DAY_MS = 86_400_000;

/** What the host's functions work with: its database, the bridge's tables in it, its clock, and real time. */
export type Host = { db: Database; store: BridgeStore; now: () => number; realNow: () => number };

/** The host's clock is real time plus what was dialled in; signatures and sessions keep to real time. */
export function createHost(db: Database, store: BridgeStore, realNow: () => number): Host {
  return { db, store, realNow, now: () => realNow() + Number(readSetting(db, 'clock_offset_ms') ?? 0) };
}

export function readSetting(db: Database, key: string): string | undefined {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value;
}

export function writeSetting(db: Database, key: string, value: string): void {
  db.run('INSERT OR REPLACE INTO settings VALUES (?, ?)', key, value);
}

export const momentOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
/** The host's moment, to the second, as the contract writes it. */
export const momentNow = (host: Host): string => momentOf(host.now());
/** Real time as the contract writes it: signatures and people go by it, business by the dialled clock. */
export const realMoment = (host: Host): string => momentOf(host.realNow());
/** The host's calendar day. */
export const today = (host: Host): string => billingDay(host.now());

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
/** The calendar day in the provider's zone, e.g. "2027-01-31". */
export const billingDay = (ms: number): string => dayFormat.format(ms);

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A currency of this host with its digits. Prices are net: the host adds no tax. */
export function moneyOf({ db }: Host, currency: string): MoneyContext {
  const row = db.get<{ digits: number }>('SELECT digits FROM currencies WHERE code = ?', currency);
  const { digits } = row ?? refuse('currency_unknown', `Nothing is sold in "${currency}".`);
  return { currency, digits, tax: 'net' };
}

/** Decimal text to minor units. Trailing zeros are no precision: "10.000" USD is 10.00. */
export function toMinor(text: string, digits: number): number {
  const isAmount = /^-?\d{1,12}(\.\d{1,8})?$/.test(text);
  if (!isAmount) refuse('bad_request', `Write an amount such as "12.40", not "${text}".`);
  const tooPrecise = `"${text}" has more than the ${digits} digits of its currency.`;
  return Number(minorUnits(text, digits) ?? refuse('amount_too_precise', tooPrecise));
}

/** Minor units to decimal text with exactly the currency's digits. */
export const toText = (minor: number, digits: number): string => formatMinor(BigInt(minor), digits);

/** The sum of one amount of each entry, in minor units. */
export function sumOf<Name extends string>(digits: number, entries: Record<Name, string>[], name: Name): number {
  return entries.reduce((sum, entry) => sum + toMinor(entry[name], digits), 0);
}
