import type { EntityManager } from '@mikro-orm/postgresql';
import { MAX_TRIES } from './code.ts';

/** Until when a code that was not used yet can be entered; null when there is none. */
export async function openCodeUntil(em: EntityManager, now: Date): Promise<Date | null> {
  const [row] = await em.execute<{ until: Date | string | null }[]>(
    'select max(expires_at) as until from pairing_code where used_at is null and expires_at > ? and tries < ?',
    [now, MAX_TRIES],
  );
  return row?.until ? new Date(row.until) : null;
}

/** Ends every code that was not used yet. */
export async function endCodes(em: EntityManager, now: Date): Promise<void> {
  await em.execute('update pairing_code set expires_at = ? where used_at is null and expires_at > ?', [now, now]);
}
