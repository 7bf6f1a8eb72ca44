import type { Log } from '../platform/log.ts';
import { withoutKeys } from '../without-keys.ts';

/** Writes down what should not have happened; outside nothing of it is named but the reference. */
export function logFailure(log: Log, method: string, path: string, error: unknown): string {
  const reference = `err_${crypto.randomUUID()}`;
  const message = error instanceof Error ? error.message : String(error);
  log.error({ reference, method, path: withoutKeys(path), error: withoutKeys(message) }, 'request failed');
  return `Something failed here. Try again; the reference is ${reference}.`;
}
