import { setTimeout as sleep } from 'node:timers/promises';
import { OptimisticLockError } from '@mikro-orm/core';

/**
 * How often a transaction is tried that failed because of another one: PostgreSQL's serialization_failure,
 * deadlock_detected, and unique_violation. The last may also be the caller's own repetition, so it gets one more try only:
 * the work then finds the other's row.
 */
const ATTEMPTS: Record<string, number> = { '40001': 5, '40P01': 5, '23505': 2 };
const VERSION_ATTEMPTS = 5;

/** Runs `work`, again when another transaction was in its way, with a short growing pause. */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attemptsFor(error)) throw error;
      await sleep(attempt * attempt * 5 + Math.random() * 10);
    }
  }
}

/** The SQLSTATE of a driver error, also when the ORM wrapped it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  return cause === undefined ? undefined : sqlState(cause);
}

/** Rows are read afresh in each try, so a moved version is no conflict unless the work itself says so. */
function attemptsFor(error: unknown): number {
  if (error instanceof OptimisticLockError) return VERSION_ATTEMPTS;
  return ATTEMPTS[sqlState(error) ?? ''] ?? 1;
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/**
 * True when the database cannot be reached or is shutting down (SQLSTATE class 08, 57P01 to 57P03) or has no connection
 * left (53300): it passes, and nothing was done.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === 'string' && (NETWORK.has(code) || /^(08...|57P0[123]|53300)$/.test(code))) return true;
  if (typeof message === 'string' && /^(Connection terminated|timeout exceeded when trying to connect)/.test(message))
    return true;
  return cause !== undefined && isDatabaseAway(cause);
}
