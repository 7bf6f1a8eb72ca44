import { createHash, randomBytes } from 'node:crypto';
import { findByLogin, type Account } from './accounts.ts';
import { find, Refusal, refuse, type Host } from './kit.ts';
import { quote } from './orders.ts';
import type { OrderRequest } from './requests.ts';

const LASTS_MS = 24 * 3_600_000;
const TRIES = 10;
const TRIES_WITHIN_MS = 5 * 60_000;

export type CartLines = OrderRequest['lines'];
/** A visit: somebody logged in, or nobody yet with a cart. The token itself is not stored. */
export type Session = { hash: string; account: Account | undefined; cart: CartLines; currency: string };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
/** What a form must carry, so that another site cannot post with the visitor's cookie. */
export const csrfOf = (token: string): string => hashOf(`csrf:${token}`).slice(0, 32);

export function createSession({ db, realNow }: Host, account: Account | undefined, cart: CartLines): string {
  const token = randomBytes(32).toString('base64url');
  const { id = null, currency = 'USD' } = account ?? {};
  const values = [hashOf(token), id, JSON.stringify(cart), currency, realNow() + LASTS_MS];
  db.run('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)', ...values);
  return token;
}

export function readSession(host: Host, token: string): Session | undefined {
  type Row = { hash: string; clientId: string | null; cart: string; currency: string };
  const sql = 'SELECT * FROM sessions WHERE hash = ? AND expiresMs > ?';
  const row = host.db.get<Row>(sql, hashOf(token), host.realNow());
  const [account] = find(host, 'client', 'id = ?', row?.clientId ?? '');
  if (!row || account?.status === 'closed') return undefined;
  return { hash: row.hash, account, cart: JSON.parse(row.cart) as CartLines, currency: row.currency };
}

export function writeCart({ db }: Host, session: Session | undefined, cart: CartLines, currency?: string): void {
  const sql = 'UPDATE sessions SET cart = ?, currency = coalesce(?, currency) WHERE hash = ?';
  db.run(sql, JSON.stringify(cart), currency ?? null, session?.hash ?? '');
}

export function endSession({ db }: Host, session: Session | undefined): void {
  db.run('DELETE FROM sessions WHERE hash = ?', session?.hash ?? '');
}

/** Checks e-mail and password; ten wrong tries for one address make it wait. */
export function createLogin(host: Host): (email: string, password: string) => Account {
  const failures = new Map<string, number[]>();
  return (email, password) => {
    const key = email.trim().toLowerCase();
    const recent = (failures.get(key) ?? []).filter((at) => at > host.realNow() - TRIES_WITHIN_MS);
    if (recent.length >= TRIES) refuse('too_many_tries', 'Too many wrong tries. Wait five minutes.', true);
    if (failures.size > 10_000) failures.clear();
    failures.set(key, [...recent, host.realNow()]);
    const account =
      findByLogin(host, key, password) ?? refuse('not_logged_in', 'E-mail address or password do not match.');
    failures.delete(key);
    return account;
  };
}

/** The cart with what it costs now; when it cannot be ordered, the reason stands beside the lines. */
export function readCart(host: Host, session: Session | undefined, coupon?: string) {
  const { cart: lines = [], currency = 'USD', account } = session ?? {};
  if (lines.length === 0) return { currency, lines, quote: null, refused: null };
  try {
    return { currency, lines, quote: quote(host, account, { currency, lines, coupon }), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { currency, lines, quote: null, refused: { code: error.code, message: error.message } };
  }
}

/** Puts a line into the cart, once it is known that the host sells it. A cart has one currency: another one empties it. */
export function addToCart(host: Host, session: Session, line: CartLines[0], currency: string) {
  quote(host, undefined, { currency, lines: [line] });
  const kept = currency === session.currency ? session.cart : [];
  if (kept.length >= 50) refuse('quantity_out_of_range', 'A cart holds at most 50 lines.');
  const cart = [...kept, line];
  writeCart(host, session, cart, currency);
  return readCart(host, { ...session, cart, currency });
}
