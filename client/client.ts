import { ApiProblem, problemFrom } from './problem.ts';

/** What a call may be given. Types of each operation narrow it. */
export interface Request {
  /** In the place of {id}. */
  id?: string;
  query?: object;
  body?: unknown;
  /** The `version` of the object as it was read. */
  ifMatch?: number;
  /** Made once per intention; left out, one is made for this call and kept through its repetitions. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}
/** Operations by method and path, as `operations.d.ts` of the package has them. */
export type Operations<Own> = { [Name in keyof Own]: { request: object; answer: unknown } };

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathOf<Own, M extends Method> = keyof Own extends infer Name
  ? Name extends `${M} ${infer Path}`
    ? Path
    : never
  : never;
type Named<Own, Name> = Name extends keyof Own ? Own[Name] : never;
type Parameters<Asked> = object extends Asked ? [request?: Asked] : [request: Asked];

/** One function for each method; path, request and answer are typed by the operation. Refusals throw ApiProblem. */
export type Client<Own extends Operations<Own>> = {
  [M in Method]: <Path extends PathOf<Own, M>>(
    path: Path,
    ...request: Parameters<Named<Own, `${M} ${Path}`>['request'] & Pick<Request, 'signal'>>
  ) => Promise<Named<Own, `${M} ${Path}`>['answer']>;
};

export interface ClientOptions {
  /** Such as https://reseller.example.com/api/v1 */
  baseUrl: string;
  key: string;
  /** Of a key that requires signed requests (`rsk_live_signed_…`): whsec_… */
  signingSecret?: string;
  /** Tries of one call, the first one included; 4 unless told. */
  attempts?: number;
  /** The longest pause between two tries in milliseconds; a longer Retry-After ends the call. A minute unless told. */
  longestPauseMs?: number;
  fetch?: typeof fetch;
  /** How to pause; for tests and for runtimes with timers of their own. */
  pause?: (milliseconds: number) => Promise<void>;
}

/** A client of the reseller API; see docs/api.md. */
export function createClient<Own extends Operations<Own>>(options: ClientOptions): Client<Own> {
  const method =
    (name: Method) =>
    (path: string, request: Request = {}) =>
      call(options, name, path, request);
  return {
    get: method('get'),
    post: method('post'),
    put: method('put'),
    patch: method('patch'),
    delete: method('delete'),
  } as Client<Own>;
}

async function call(options: ClientOptions, method: Method, path: string, request: Request): Promise<unknown> {
  const { attempts = 4, longestPauseMs = 60_000, pause = sleep } = options;
  const send = await sender(options, method, path, request);
  for (let attempt = 1; ; attempt += 1) {
    let problem: unknown;
    try {
      const response = await send();
      if (response.ok) return await response.json();
      problem = await problemFrom(response);
    } catch (error) {
      problem = error;
    }
    const wait = pauseBefore(problem, method, attempt);
    if (request.signal?.aborted || attempt >= attempts || wait === null || wait > longestPauseMs) throw problem;
    await pause(wait);
  }
}

/** The same request at each try: above all, with the same Idempotency-Key. */
async function sender(
  options: ClientOptions,
  method: Method,
  path: string,
  request: Request,
): Promise<() => Promise<Response>> {
  const { id, query, body, ifMatch, idempotencyKey, signal } = request;
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  const at = path.replace('{id}', encodeURIComponent(id ?? ''));
  const url = `${options.baseUrl.replace(/\/$/, '')}${at}${given.length > 0 ? `?${search}` : ''}`;
  const headers = {
    authorization: `Bearer ${options.key}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    ...(method === 'post' ? { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() } : {}),
  };
  const text = body === undefined ? '' : JSON.stringify(body);
  const init = { method: method.toUpperCase(), ...(text && { body: text }), ...(signal && { signal }) };
  const { signingSecret } = options;
  // Read where it is needed: the client runs without any package for those who do not sign.
  const sign = signingSecret === undefined ? undefined : (await import('./sign.ts')).createSigner(signingSecret);
  // Signed anew each time: a signature is let in once.
  return () => (options.fetch ?? fetch)(url, { ...init, headers: { ...headers, ...sign?.(init.method, url, text) } });
}

/**
 * How long to wait before the next try, in milliseconds; null when another try makes no sense. Who was limited was not
 * heard: that may always be repeated. What got lost or failed may have had its effect: reading may be repeated, and a
 * POST with its key; a change by version may not, since its second try would meet its own first one.
 */
function pauseBefore(problem: unknown, method: Method, attempt: number): number | null {
  const growing = 500 * 2 ** (attempt - 1) * (0.8 + Math.random() * 0.4);
  const repeatable = method === 'get' || method === 'post';
  if (!(problem instanceof ApiProblem)) return repeatable ? growing : null;
  const { status, code, retryAfterSeconds } = problem;
  const passes = status === 429 || (repeatable && (status >= 500 || code === 'request_in_flight'));
  if (!passes) return null;
  return retryAfterSeconds === null ? growing : retryAfterSeconds * 1000;
}

const sleep = (milliseconds: number) => new Promise<void>((done) => void setTimeout(done, milliseconds));
