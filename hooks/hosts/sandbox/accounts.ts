import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { HostClient } from '../../contract/index.ts';
import { emit } from './emit.ts';
import { momentNow, type Host } from './host.ts';
import { digitsOf } from './money.ts';
import { notFound, Refusal } from './refusal.ts';

export type User = HostClient & { role: 'staff' | 'client'; password: string };

export type NewUser = Pick<User, 'email' | 'name' | 'currency'> & {
  role?: User['role'];
  company?: string | undefined;
  country?: string | undefined;
};

export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${scryptSync(password, salt, 32).toString('base64url')}`;
}

const nobody = hashPassword(randomBytes(16).toString('hex'));

/** The user with this e-mail and password. Takes the same time whether the e-mail exists or not. */
export function findByLogin(host: Host, email: string, password: string): User | undefined {
  const user = host.db.get<User>('SELECT * FROM users WHERE email = ?', email);
  const [salt = '', hash = ''] = (user?.password ?? nobody).split('.');
  const given = scryptSync(password, Buffer.from(salt, 'base64url'), 32);
  const same = timingSafeEqual(given, Buffer.from(hash, 'base64url'));
  return same && user?.status !== 'closed' ? user : undefined;
}

/** Adds a person who can log in; a client is told to the plugin. */
export function createUser(host: Host, user: NewUser, password: string): User {
  digitsOf(host, user.currency);
  if (host.db.get('SELECT id FROM users WHERE email = ?', user.email)) {
    throw new Refusal('conflict', 'An account with this e-mail address exists already.');
  }
  const { role = 'client', company = null, country = null, ...rest } = user;
  return host.db.transaction(() => {
    const values = { ...rest, role, company, country, password: hashPassword(password), createdAt: momentNow(host) };
    const id = host.db.insert('users', values);
    const created = readUser(host, id);
    if (role === 'client') emit(host, 'client.created', id, { client: clientOf(created) });
    return created;
  });
}

/** Changes name, company, country or status of a client and tells the plugin. */
export function updateClient(
  host: Host,
  id: string,
  values: Partial<Pick<User, 'name' | 'company' | 'country' | 'status'>>,
) {
  readClient(host, id);
  return host.db.transaction(() => {
    host.db.update('users', id, values);
    const client = clientOf(readUser(host, id));
    emit(host, client.status === 'closed' ? 'client.closed' : 'client.updated', id, { client });
    return client;
  });
}

export function readUser(host: Host, id: string): User {
  const user = host.db.get<User>('SELECT * FROM users WHERE id = ?', id);
  if (!user) throw notFound('account');
  return user;
}

export function readClient(host: Host, id: string): User {
  const user = readUser(host, id);
  if (user.role !== 'client') throw notFound('client');
  return user;
}

/** The account as the contract writes it. */
export function clientOf({ id, status, name, company, email, country, currency, createdAt }: User): HostClient {
  return { id, status, name, company, email, country, currency, createdAt };
}
