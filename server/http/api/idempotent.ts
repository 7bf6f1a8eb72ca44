import { hash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ApiRefusal } from './refusal.ts';

export const idempotencyKey = /^[\x21-\x7e]{8,100}$/;

/** What tells two requests apart. */
export function requestHash(method: string, path: string, body: string): string {
  return hash('sha256', `${method} ${path}\n${body}`, 'base64url');
}

interface Stored {
  request_hash: string;
  answer: { output: unknown } | null;
}

/**
 * Runs a write once for its Idempotency-Key: the answer is stored in the transaction of its effect, so that there is
 * either both or neither. `replayed` is called when an earlier answer is given again.
 * @throws idempotency_conflict (another request had this key), ApiRefusal (its first one is still under way)
 */
export function onceFor(
  ctx: ServiceContext,
  {
    key,
    request,
    shownOnce,
    replayed,
  }: { key: string; request: string; shownOnce: readonly string[]; replayed: () => void },
): NonNullable<ServiceContext['once']> {
  return async (em, work) => {
    const owner = ctx.actor.id;
    const [lock] = await em.execute<{ free: boolean }[]>(
      'select pg_try_advisory_xact_lock(hashtextextended(?, 3)) as free',
      [`${owner} ${key}`],
    );
    if (!lock?.free) {
      throw new ApiRefusal(409, 'request_in_flight', 'The first request with this key is still under way. Repeat it.', {
        'retry-after': '1',
      });
    }
    const earlier = await find(em, owner, key, request);
    if (earlier?.answer) {
      replayed();
      return earlier.answer.output as Awaited<ReturnType<typeof work>>;
    }
    const output = await work();
    const kept =
      output !== null && typeof output === 'object' && shownOnce.length > 0
        ? { ...output, ...Object.fromEntries(shownOnce.map((field) => [field, null])) }
        : output;
    await em.execute(
      'insert into api_idempotency (owner, key, request_hash, answer, created_at) values (?, ?, ?, ?::jsonb, ?)',
      [owner, key, request, JSON.stringify({ output: kept }), ctx.now],
    );
    return output;
  };
}

/**
 * For an action of several steps that is safe to repeat by itself: the key is bound to its request before the first one.
 * @throws idempotency_conflict when another request had this key
 */
export async function bindKey(ctx: ServiceContext, key: string, request: string): Promise<void> {
  const owner = ctx.actor.id;
  await ctx.em.execute(
    'insert into api_idempotency (owner, key, request_hash, created_at) values (?, ?, ?, ?) on conflict do nothing',
    [owner, key, request, ctx.now],
  );
  await find(ctx.em, owner, key, request);
}

async function find(em: EntityManager, owner: string, key: string, request: string): Promise<Stored | undefined> {
  const [earlier] = await em.execute<Stored[]>(
    'select request_hash, answer from api_idempotency where owner = ? and key = ?',
    [owner, key],
  );
  if (earlier && earlier.request_hash !== request) {
    throw new ServiceError(
      'idempotency_conflict',
      'This Idempotency-Key was used for another request. Use a new key for a new request.',
    );
  }
  return earlier;
}
