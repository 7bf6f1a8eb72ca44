import { createHash, randomBytes } from 'node:crypto';
import { findByLogin, readUser, type User } from './accounts.ts';
import type { Host } from './host.ts';
import { Refusal } from './refusal.ts';

const LASTS_MS = 12 * 3_600_000;
const TRIES = 10;
const TRIES_WITHIN_MS = 5 * 60_000;

/** A visit: somebody logged in, or nobody yet with a cart. The token itself is never stored. */
export type Session = { hash: string; user: User | undefined; cart: unknown[]; currency: string | null };

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
/** What a form must carry, so that another site cannot post with the visitor's cookie. */
export const csrfOf = (token: string): string => hashOf(`csrf:${token}`).slice(0, 32);

export function createSession(host: Host, user: User | undefined, cart: unknown[] = []): string {
  const token = randomBytes(32).toString('base64url');
  const values = {
    hash: hashOf(token),
    userId: user?.id ?? null,
    cart: JSON.stringify(cart),
    currency: user?.currency ?? null,
  };
  host.db.insert('sessions', { ...values, expiresMs: host.realNow() + LASTS_MS });
  return token;
}

export function readSession(host: Host, token: string): Session | undefined {
  type Row = { hash: string; userId: string | null; cart: string; currency: string | null };
  const sql = 'SELECT * FROM sessions WHERE hash = ? AND expiresMs > ?';
  const row = host.db.get<Row>(sql, hashOf(token), host.realNow());
  if (!row) return undefined;
  const user = row.userId === null ? undefined : readUser(host, row.userId);
  if (user?.status === 'closed') return undefined;
  return { hash: row.hash, user, cart: JSON.parse(row.cart) as unknown[], currency: row.currency };
}

export function writeCart(host: Host, { hash }: Session, cart: unknown[], currency: string | null): void {
  host.db.run('UPDATE sessions SET cart = ?, currency = ? WHERE hash = ?', JSON.stringify(cart), currency, hash);
}

export function endSession(host: Host, { hash }: Session): void {
  host.db.run('DELETE FROM sessions WHERE hash = ?', hash);
}

/** Checks e-mail and password; ten wrong tries for one address make it wait. */
export function createLogin(host: Host) {
  const failures = new Map<string, number[]>();
  return (email: string, password: string): User => {
    const key = email.trim().toLowerCase().slice(0, 320);
    const recent = (failures.get(key) ?? []).filter((at) => at > host.realNow() - TRIES_WITHIN_MS);
    if (recent.length >= TRIES) throw new Refusal('too_many_tries', 'Too many wrong tries. Wait five minutes.', true);
    const user = findByLogin(host, key, password);
    if (failures.size > 10_000) failures.clear();
    if (user) failures.delete(key);
    else failures.set(key, [...recent, host.realNow()]);
    if (user) return user;
    throw new Refusal('not_logged_in', 'E-mail address or password do not match.');
  };
}
