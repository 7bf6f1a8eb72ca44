import type { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import { readLimitedText, TooLargeError } from '../../transport/limited-text.ts';
import { faults } from '../../transport/run-call.ts';
import { readRetryAfter } from '../../transport/signed-fetch.ts';
import type { CallBudget } from './call-budget.ts';
import { openEnvelope } from './envelope.ts';
import { momentsInUtc } from './host-moments.ts';
import { createCookieJars, type CookieJar } from './session-cookies.ts';

/** A read takes tens of milliseconds, a page of 500 invoices seconds; a write may set up an account on another server. */
const TIMEOUT_MS = { read: 30_000, write: 60_000 };
/** 500 invoices with everything the host adds to each are about 3 MiB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface CallOptions {
  /** A list that reconcile reads counts against its own budget too. */
  purpose?: 'call' | 'list';
  /** Writes have more time: a request that was given up may still be carried out. */
  kind?: 'read' | 'write';
  /** Guest calls carry no token. */
  role?: 'admin' | 'guest';
}

/** FOSSBilling's own API. */
export interface FossbillingApi {
  /**
   * POST /api/{role}/{method}, e.g. "order/get", parsed.
   * @throws HostError as openEnvelope, unreachable when nothing came in time, bad_answer when it has another shape,
   * rate_limited without calling when the budget is used up.
   */
  call<Schema extends z.ZodType>(
    method: string,
    params: object,
    schema: Schema,
    options?: CallOptions,
  ): Promise<z.infer<Schema>>;
  /** The host's clock in UTC milliseconds, by the date of its last answer. */
  hostNow(): number;
}

export interface ApiOptions {
  /** Address of the host, e.g. https://billing.example. */
  baseUrl: string;
  staffToken: string;
  budget: CallBudget;
  /** The zone in which the host writes its moments; answers have them in UTC. Default UTC. */
  zone?: () => Promise<string>;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
}

/** A client of the host's API with a staff member's token (HTTP Basic, user "admin"). It follows no redirects. */
export function createApi({ baseUrl, staffToken, budget, ...options }: ApiOptions): FossbillingApi {
  const base = baseUrl.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`admin:${staffToken}`).toString('base64')}`;
  const now = options.now ?? Date.now;
  const fetch = options.fetch ?? globalThis.fetch;
  const withJar = createCookieJars();
  let skewMs = 0;

  async function post(method: string, params: object, role: 'admin' | 'guest', timeoutMs: number, jar: CookieJar) {
    const cookie = jar.header();
    try {
      const response = await fetch(`${base}/api/${role}/${method}`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(role === 'admin' ? { authorization } : {}),
          ...(cookie === null ? {} : { cookie }),
        },
        body: JSON.stringify(params),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      jar.keep(response.headers);
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) skewMs = date - now();
      const text = await readLimitedText(response, MAX_ANSWER_BYTES);
      return {
        status: response.status,
        text,
        retryAfterSeconds: readRetryAfter(response.headers.get('retry-after'), now()),
      };
    } catch (error) {
      if (error instanceof TooLargeError) throw new HostError('bad_answer', 'The answer of the host is too large.');
      // The cause may name addresses; that nobody answered is all a caller needs.
      throw new HostError('unreachable', 'The host did not answer in time.');
    }
  }

  return {
    hostNow: () => now() + skewMs,
    async call(method, params, schema, { purpose = 'call', kind = 'read', role = 'admin' } = {}) {
      budget.take(purpose);
      const answer = await withJar((jar) => post(method, params, role, TIMEOUT_MS[kind], jar));
      // Guests have a limit of their own, per minute.
      if (answer.status === 429 && role === 'admin') budget.pause(answer.retryAfterSeconds ?? 60);
      const opened = openEnvelope(answer, method, staffToken);
      const parsed = schema.safeParse(momentsInUtc(opened, (await options.zone?.()) ?? 'UTC'));
      if (parsed.success) return parsed.data;
      throw new HostError('bad_answer', `The host answered ${method} in another shape: ${faults(parsed.error)}`);
    },
  };
}
