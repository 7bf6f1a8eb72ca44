import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Account } from './accounts.ts';
import { load, Refusal, refuse, refuseUnknown, view, type Host, type Kind } from './kit.ts';
import { fieldsOf, type Fields } from './requests.ts';
import { createSession, csrfOf, readSession, type Session } from './sessions.ts';

export const COOKIE = 'sandbox_session';
export const FLASH = 'sandbox_flash';
const MAX_BODY = 256 * 1024;

/** The visitor, the body of a POST, and whether it came from a page's form. */
type Env = { Variables: { token?: string; session?: Session; body: Record<string, unknown>; form: boolean } };
export type Ctx = Context<Env>;
export type App = Hono<Env>;

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
  c.set('form', c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false);
  if (c.get('form')) return c.set('body', nest(new URLSearchParams(text)));
  try {
    c.set('body', z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text)));
  } catch {
    refuse('bad_request', 'The body is not a JSON object.');
  }
}

/** A form goes back to its page, or on to the next one, where {names} stand for fields of the answer. */
async function answerForm(c: Ctx, error?: Refusal): Promise<Response> {
  const { _next: next = '/', _back: back = '/' } = c.get('body') as { _next?: string; _back?: string };
  if (error) setCookie(c, FLASH, error.message, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 60 });
  const answer = error ? {} : ((await c.res.clone().json()) as Record<string, unknown>);
  const path = (error ? back : next).replace(/\{(\w+)\}/g, (_, name: string) => String(answer[name] ?? ''));
  return c.redirect(/^\/(?![/\\])/.test(path) ? path : '/', 303);
}

/** A web app that knows its visitor, reads bodies, and refuses posts that another site makes with the visitor's cookie. */
export function createApp(host: Host, showError: (c: Ctx, error: Refusal) => Response | Promise<Response>): App {
  const app: App = new Hono();
  const tooLarge = () => refuse('bad_request', 'The request is too large.');
  for (const path of ['/api/*', '/reseller/*']) app.use(path, bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }));
  app.use(async (c, next) => {
    if (c.req.path.startsWith('/bridge/')) return next();
    const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    const token = bearer ?? getCookie(c, COOKIE) ?? '';
    const session = readSession(host, token);
    if (session) c.set('session', session);
    if (session) c.set('token', token);
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    await readBody(c);
    const scripted = c.req.header('content-type')?.includes('json') || c.req.header('x-requested-with') !== undefined;
    const meant = !session || bearer !== undefined || scripted || c.get('body')['_csrf'] === csrfOf(token);
    if (!meant) refuse('forbidden', 'Load the page again; scripts send content-type: application/json.');
    await next();
    if (c.get('form') && !c.error) c.res = await answerForm(c);
  });
  app.onError((error, c) => {
    const refusal = error instanceof Refusal ? error : new Refusal('internal', 'The host could not do this.', true);
    const { code, message, retryable, status } = refusal;
    if (c.get('form')) return answerForm(c, refusal);
    if (c.req.method === 'GET' && !c.req.path.startsWith('/api/')) return showError(c, refusal);
    return c.json({ error: { code, message, retryable } }, status);
  });
  app.notFound(() => refuseUnknown('page'));
  return app;
}

export const isStaff = (c: Ctx): boolean => c.get('session')?.account?.role === 'staff';
export const user = (c: Ctx): Account =>
  c.get('session')?.account ?? refuse('not_logged_in', 'Log in first: POST /api/session with email and password.');
export const staff = (c: Ctx): Account =>
  user(c).role === 'staff' ? user(c) : refuse('forbidden', 'This needs a staff account.');

/** Answers a request from the fields of its body; `id` is the one in its path. */
type Handle = (c: Ctx, fields: Fields, id: string) => object;

/** Adds POST routes below a path that only those whom `admit` lets in may use. Each request is one transaction. */
export function poster(app: App, host: Host, base: string, admit: (c: Ctx) => unknown = () => true) {
  const post = (path: string, handle: Handle) => {
    app.post(base + path, (c) => {
      admit(c);
      return c.json(host.db.transaction(() => handle(c, fieldsOf(c.get('body')), c.req.param('id') ?? '')));
    });
  };
  /** A route that changes one document, if the visitor may, and answers what it is then. */
  const change = (path: string, kind: OwnKind, work: (id: string, fields: Fields) => void) =>
    post(path, (c, fields, inPath) => {
      const id = own(c, host, kind, inPath || fields.text(`${kind}Id`));
      work(id, fields);
      return view(host, kind, id);
    });
  return { post, change };
}

/** Whose things are shown: a client's own, or (undefined) everybody's for staff. */
export function scopeOf(c: Ctx): string[] | undefined {
  return user(c).role === 'staff' ? undefined : [user(c).id];
}

type OwnKind = Exclude<Kind, 'client'>;
/** The id, if the visitor may see the thing: its client, or staff. */
export function own(c: Ctx, host: Host, kind: OwnKind, id = c.req.param('id') ?? ''): string {
  const found = load(host, kind, id);
  return (scopeOf(c)?.includes(found.clientId) ?? true) ? found.id : refuseUnknown(kind);
}

/** Begins a session; after login a new one, so that an old token never becomes somebody. */
export function startSession(c: Ctx, host: Host, account?: Account): Session {
  const token = createSession(host, account, c.get('session')?.cart ?? []);
  setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure: c.req.url.startsWith('https:') });
  c.set('token', token);
  return readSession(host, token) as Session;
}
