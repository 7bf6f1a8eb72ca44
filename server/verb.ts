import { OptimisticLockError } from '@mikro-orm/core';
import type { z } from 'zod';
import { HostError } from '../hooks/contract/host-error.ts';
import type { ServiceContext } from './context.ts';
import { ServiceError } from './errors.ts';
import type { Permission } from './permissions.ts';
import { unstorableAt } from './storable.ts';
import { isDatabaseAway, sqlState, withRetry } from './platform/database/retry.ts';

type Definition<Input extends z.ZodType, Output, Prepared> = {
  /** resource.action: the name of its tRPC procedure and of its row in the feature list. */
  procedure: string;
  /** null: anyone who is known may do it. */
  permission: Permission | null;
  input: Input;
  /** A write so harmless that also a reseller may do it who is suspended or inactive. */
  whileHeldBack?: true;
  /**
   * read: no transaction, and nothing is changed: all an admin may do who sees a reseller's portal. write: one transaction with everything in it. steps: the verb opens several itself, since
   * it talks to the host between them.
   */
  mode: 'read' | 'write' | 'steps';
  /** What must be asked of the host first: outside the transaction, since a slow host must not hold its locks. */
  prepare?: (ctx: ServiceContext, input: z.output<Input>) => Promise<Prepared>;
  run: (ctx: ServiceContext, input: z.output<Input>, prepared: Prepared) => Promise<Output>;
};

export type Verb<Input extends z.ZodType = z.ZodType, Output = unknown> = Pick<
  Definition<Input, Output, never>,
  'procedure' | 'permission' | 'input' | 'mode'
> &
  ((ctx: ServiceContext, input: z.input<Input>) => Promise<Output>);

/** Of any input and answer: what lists of verbs hold. */
export type AnyVerb = Pick<Verb, 'procedure' | 'permission' | 'input' | 'mode'> &
  ((ctx: ServiceContext, input: never) => Promise<unknown>);

/**
 * One thing the service can do. Every verb goes the same way: permission first, then the input, then its transaction;
 * a deadlock or serialization failure runs it again. Throws only ServiceError for what a caller can mend.
 */
export function verb<Input extends z.ZodType, Output, Prepared = undefined>(
  definition: Definition<Input, Output, Prepared>,
): Verb<Input, Output> {
  const { procedure, permission, input, mode, whileHeldBack = false, prepare, run } = definition;
  const call = async (ctx: ServiceContext, raw: z.input<Input>): Promise<Output> => {
    const held = 'heldBack' in ctx.actor ? ctx.actor.heldBack : undefined;
    if (permission !== null && !ctx.actor.permissions.has(permission)) {
      if (held?.permissions.has(permission)) throw new ServiceError(held.code, held.message);
      throw new ServiceError('forbidden', `This needs the permission "${permission}". Ask an administrator for it.`);
    }
    if (mode !== 'read' && ctx.actor.kind === 'reseller' && ctx.actor.actingAdmin) {
      throw new ServiceError(
        'forbidden',
        'You see this portal read-only. Leave the view, and make the change as yourself.',
      );
    }
    // The status takes most permissions away; this holds also where a write asks for one that it leaves.
    if (mode !== 'read' && held && !whileHeldBack) throw new ServiceError(held.code, held.message);
    const parsed = input.safeParse(raw);
    if (!parsed.success) throw badInput(parsed.error);
    requireStorable(parsed.data);
    try {
      const prepared = (await prepare?.(ctx, parsed.data)) as Prepared;
      if (mode !== 'write') return await run(ctx, parsed.data, prepared);
      return await withRetry(() =>
        ctx.em.fork().transactional(async (em) => {
          const { once, ...own } = ctx;
          const work = () => run({ ...own, em }, parsed.data, prepared);
          return once ? once(em, work) : work();
        }),
      );
    } catch (error) {
      throw translate(error, parsed.data, ctx);
    }
  };
  return Object.assign(call, { procedure, permission, input, mode });
}

function badInput(error: z.ZodError): ServiceError {
  const [issue] = error.issues;
  const path = issue ? `/${issue.path.join('/')}` : '';
  return new ServiceError('bad_input', `${path || 'The input'}: ${issue?.message ?? 'does not fit'}`, path);
}

function requireStorable(input: unknown): void {
  const path = unstorableAt(input);
  if (path === null) return;
  const message = `${path || 'The input'}: leave out the character that cannot be stored (NUL, or half of a surrogate pair)`;
  throw new ServiceError('bad_input', message, path);
}

/** A cursor of another list may hold what PostgreSQL cannot read as this one's key (SQLSTATE class 22). */
function isCursors(error: unknown, input: unknown): boolean {
  const given = typeof input === 'object' && input !== null && 'cursor' in input && input.cursor !== undefined;
  return given && sqlState(error)?.startsWith('22') === true;
}

/** PostgreSQL refuses test keys a row of live mode by the first, and to upsert one by the second. */
const LIVE_ROW = new Set(['RTEST', '42P10']);

function translate(error: unknown, input: unknown, { livemode }: ServiceContext): unknown {
  if (error instanceof HostError) {
    return new ServiceError(error.retryable ? 'host_unreachable' : 'host_refused', error.message);
  }
  if (error instanceof OptimisticLockError) {
    return new ServiceError(
      'version_mismatch',
      'Somebody changed this meanwhile. Load it again and repeat your change.',
    );
  }
  if (isCursors(error, input)) {
    return new ServiceError('bad_input', 'This cursor is unknown. Start again without one.', '/cursor');
  }
  if (isDatabaseAway(error)) {
    return new ServiceError('unavailable', 'The service cannot reach its database now. Try again in a moment.');
  }
  if (!livemode && LIVE_ROW.has(sqlState(error) ?? '')) {
    return new ServiceError(
      'forbidden',
      'A test key does not change this: it is the same in live and in test mode. Use a live key, or the portal.',
    );
  }
  if (sqlState(error) === '23505') {
    return new ServiceError('duplicate', 'This exists already. Load the list and use the existing one.');
  }
  return error;
}
