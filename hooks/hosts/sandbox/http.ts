import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { User } from './accounts.ts';
import type { Host } from './host.ts';
import { parse } from './requests.ts';
import { notFound, Refusal } from './refusal.ts';
import { createSession, csrfOf, readSession, type Session } from './sessions.ts';

export const COOKIE = 'sandbox_session';
export const FLASH = 'sandbox_flash';
const MAX_BODY = 256 * 1024;

/** The visitor, the body of a POST, and whether it came from a page's form. */
export type Env = { Variables: { token?: string; session?: Session; body: Record<string, unknown>; form: boolean } };
export type Ctx = Context<Env>;

/** Fields such as "options.ram" become nested, so that a form says the same as JSON. */
function nest(fields: URLSearchParams): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    const [outer = '', inner] = name.split('.', 2);
    body[outer] = inner === undefined ? value : { ...(body[outer] as object | undefined), [inner]: value };
  }
  return body;
}

async function readBody(c: Ctx): Promise<void> {
  const text = await c.req.text();
  if (text.length > MAX_BODY) throw new Refusal('bad_request', 'The request is too large.');
  c.set('form', (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded'));
  if (c.get('form')) return c.set('body', nest(new URLSearchParams(text)));
  try {
    c.set('body', z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text)));
  } catch {
    throw new Refusal('bad_request', 'The body is not a JSON object.');
  }
}

/** A form goes back to its page, or on to the next one, where {names} stand for fields of the answer. */
async function answerForm(c: Ctx, error?: Refusal): Promise<Response> {
  const { _next: next, _back: back } = c.get('body') as { _next?: string; _back?: string };
  if (error) setCookie(c, FLASH, error.message, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 60 });
  const answer = error ? {} : ((await c.res.clone().json()) as Record<string, unknown>);
  const path = ((error ? back : (next ?? back)) ?? '/').replace(/\{(\w+)\}/g, (_, name: string) => String(answer[name] ?? ''));
  return c.redirect(/^\/(?![/\\])/.test(path) ? path : '/', 303);
}

/** A web app that knows its visitor, reads bodies, and refuses posts that another site makes with the visitor's cookie. */
export function createApp(host: Host, showError: (c: Ctx, error: Refusal) => Response | Promise<Response>): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    if (c.req.path.startsWith('/bridge/')) return next();
    const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    const token = bearer ?? getCookie(c, COOKIE);
    const session = token === undefined ? undefined : readSession(host, token);
    if (token !== undefined && session) {
      c.set('token', token);
      c.set('session', session);
    }
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    await readBody(c);
    const scripted = c.req.header('content-type')?.includes('json') || c.req.header('x-requested-with') !== undefined;
    if (session && bearer === undefined && !scripted && c.get('body')['_csrf'] !== csrfOf(token ?? '')) {
      throw new Refusal('forbidden', 'This form is out of date. Load the page again; scripts send content-type: application/json.');
    }
    await next();
    c.res.headers.set('cache-control', 'no-store');
    if (c.get('form') && !c.error) c.res = await answerForm(c);
  });
  app.onError((error, c) => {
    const refusal = error instanceof Refusal ? error : new Refusal('internal', 'The host could not do this.', true);
    if (c.get('form')) return answerForm(c, refusal);
    if (!c.req.path.startsWith('/api/')) return showError(c, refusal);
    const { code, message, retryable } = refusal;
    return c.json({ error: { code, message, retryable } }, refusal.status);
  });
  app.notFound((c) => c.json({ error: { code: 'not_found', message: 'There is nothing here.', retryable: false } }, 404));
  return app;
}

export function user(c: Ctx): User {
  const found = c.get('session')?.user;
  if (!found) throw new Refusal('not_logged_in', 'Log in first: POST /api/session with email and password.');
  return found;
}

export function staff(c: Ctx): User {
  if (user(c).role !== 'staff') throw new Refusal('forbidden', 'This needs a staff account.');
  return user(c);
}

/** Whose lists are shown: a client's own, or everybody's for staff. */
export function scopeOf(c: Ctx): string | null {
  return user(c).role === 'staff' ? null : user(c).id;
}

/** The id, if the visitor may see the object: its client or staff. */
export function own(c: Ctx, host: Host, table: 'orders' | 'invoices' | 'services' | 'tickets', id = c.req.param('id') ?? ''): string {
  const row = host.db.get<{ id: string; clientId: string }>(`SELECT id, clientId FROM ${table} WHERE id = ?`, id);
  if (!row || (scopeOf(c) ?? row.clientId) !== row.clientId) throw notFound(table.slice(0, -1));
  return row.id;
}

/** Ids of a table that the visitor may see, newest first. */
export function ownIds(c: Ctx, host: Host, table: 'orders' | 'invoices' | 'services'): string[] {
  const sql = `SELECT id FROM ${table} WHERE ? IS NULL OR clientId = ? ORDER BY id DESC LIMIT 500`;
  return host.db.all<{ id: string }>(sql, scopeOf(c), scopeOf(c)).map(({ id }) => id);
}

/** Begins a session, or a new one after login so that an old token never becomes somebody. */
export function startSession(c: Ctx, host: Host, who: User | undefined): Session {
  const token = createSession(host, who, c.get('session')?.cart);
  setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure: c.req.url.startsWith('https:') });
  const session = readSession(host, token);
  if (!session) throw new Refusal('not_logged_in', 'Log in again.');
  c.set('token', token);
  c.set('session', session);
  return session;
}
