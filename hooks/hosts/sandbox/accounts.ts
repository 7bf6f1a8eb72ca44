import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { HostClient } from '../../contract/index.ts';
import {
  create,
  emit,
  find,
  load,
  momentNow,
  moneyOf,
  notFound,
  Refusal,
  save,
  view,
  type Document,
  type Host,
} from './kit.ts';

/** Somebody who can log in: a client, or staff. */
export type Account = Document<'client'>;
export type NewAccount = Pick<Account, 'email' | 'name' | 'company' | 'country' | 'currency' | 'role'>;
const BY_EMAIL = "lower(json ->> '$.email') = lower(?)";

function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${scryptSync(password, salt, 32).toString('base64url')}`;
}

const nobody = hashPassword(randomBytes(16).toString('hex'));

/** The account with this e-mail and password. Takes the same time whether the e-mail exists or not. */
export function findByLogin(host: Host, email: string, password: string): Account | undefined {
  const [account] = find(host, 'client', BY_EMAIL, email);
  const [salt = '', hash = ''] = (account?.password ?? nobody).split('.');
  const given = scryptSync(password, Buffer.from(salt, 'base64url'), 32);
  const same = timingSafeEqual(given, Buffer.from(hash, 'base64url'));
  return same && account?.status !== 'closed' ? account : undefined;
}

/** Opens an account; a client is told to the plugin. */
export function createAccount(host: Host, account: NewAccount, password: string): HostClient {
  moneyOf(host, account.currency);
  return host.db.transaction(() => {
    const taken = find(host, 'client', BY_EMAIL, account.email).length > 0;
    if (taken) throw new Refusal('conflict', 'An account with this e-mail address exists already.');
    const fixed = { status: 'active', createdAt: momentNow(host), password: hashPassword(password) } as const;
    const { id } = create(host, 'client', { ...account, ...fixed });
    if (account.role === 'client') emit(host, 'client.created', id);
    return view(host, 'client', id);
  });
}

/** A client's account; staff have none. */
export function readClient(host: Host, id: string): Account {
  const account = load(host, 'client', id);
  if (account.role !== 'client') throw notFound('client');
  return account;
}

/** Suspends, closes or reopens a client, and tells the plugin. */
export function setClientStatus(host: Host, id: string, status: Account['status']): HostClient {
  return host.db.transaction(() => {
    save(host, { ...readClient(host, id), status });
    emit(host, status === 'closed' ? 'client.closed' : 'client.updated', id);
    return view(host, 'client', id);
  });
}
