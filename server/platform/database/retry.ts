import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL: serialization_failure and deadlock_detected. The transaction did nothing; run it again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** Runs `work`, again after a serialization failure or a deadlock, with a short growing pause. */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
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
