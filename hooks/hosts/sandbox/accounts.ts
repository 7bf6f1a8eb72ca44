import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { create, emit, find, load, momentNow, moneyOf, refuse, refuseUnknown, save, toMinor, toText } from './kit.ts';
import type { Document, Host } from './kit.ts';

/** Somebody who can log in: a client, or staff. */
export type Account = Document<'client'>;
type Decided = 'id' | 'status' | 'createdAt' | 'password';
const BY_EMAIL = "lower(json ->> '$.email') = lower(?)";

function hashPassword(password: string, salt = randomBytes(16)): string {
  return `${salt.toString('base64url')}.${scryptSync(password, salt, 32).toString('base64url')}`;
}

const nobody = hashPassword(randomBytes(16).toString('hex'));

/** The account with this e-mail and password. Takes the same time whether the e-mail exists or not. */
export function findByLogin(host: Host, email: string, password: string): Account | undefined {
  const [account] = find(host, 'client', BY_EMAIL, email);
  const stored = account?.password ?? nobody;
  const given = hashPassword(password, Buffer.from(stored.split('.')[0] ?? '', 'base64url'));
  const same = timingSafeEqual(Buffer.from(given), Buffer.from(stored));
  return same && account?.status !== 'closed' ? account : undefined;
}

/** Opens an account; a client is told to the plugin. */
export function createAccount(host: Host, account: Omit<Account, Decided>, password: string): Account {
  moneyOf(host, account.currency);
  const taken = find(host, 'client', BY_EMAIL, account.email).length > 0;
  if (taken) refuse('conflict', 'An account with this e-mail address exists already.');
  const fixed = { status: 'active', createdAt: momentNow(host), password: hashPassword(password) } as const;
  const created = create(host, 'client', { ...account, ...fixed });
  if (account.role === 'client') emit(host, 'client.created', created.id);
  return created;
}

/** A client's account; staff have none. */
export function readClient(host: Host, id: string): Account {
  const account = load(host, 'client', id);
  return account.role === 'client' ? account : refuseUnknown('client');
}

/** Suspends, closes or reopens a client, and tells the plugin. */
export function setClientStatus(host: Host, id: string, status: Account['status']): void {
  save(host, { ...readClient(host, id), status });
  emit(host, status === 'closed' ? 'client.closed' : 'client.updated', id);
}

/** Account credit of a client, kept in the client's currency. */
export function readCredit(host: Host, clientId: string) {
  const { id, currency } = readClient(host, clientId);
  const money = moneyOf(host, currency);
  const sql = 'SELECT coalesce(sum(amount), 0) AS minor FROM credits WHERE clientId = ?';
  return { money, balance: toText(host.db.get<{ minor: number }>(sql, id)?.minor ?? 0, money.digits) };
}

type CreditChange = { clientId: string; currency: string; amount: string; reference: string; reason: string };

/** Adds or (with a minus) takes credit, once per reference; the balance never goes below zero. */
export function addCredit(host: Host, { clientId, currency, amount, reference, reason }: CreditChange) {
  const { money, balance } = readCredit(host, clientId);
  if (money.currency !== currency) refuse('currency_unknown', `This client's credit is kept in ${money.currency}.`);
  const known = host.db.get<{ clientId: string }>('SELECT clientId FROM credits WHERE reference = ?', reference);
  if (known && known.clientId !== clientId) refuse('conflict', 'Another client has this reference.');
  if (known) return { money, balance };
  const minor = toMinor(amount, money.digits);
  if (toMinor(balance, money.digits) + minor < 0) refuse('insufficient_credit', 'There is not enough account credit.');
  host.db.run('INSERT INTO credits VALUES (?, ?, ?, ?, ?)', reference, clientId, minor, reason, momentNow(host));
  return readCredit(host, clientId);
}
