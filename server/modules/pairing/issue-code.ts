import type { EntityManager } from '@mikro-orm/postgresql';
import { CODE_MINUTES, codeDigest, newCode } from './code.ts';

/** A code as it is shown once, and the end of its life. */
export interface IssuedCode {
  code: string;
  expiresAt: Date;
}

/** Makes a one-time code. Only its digest is kept; codes that are over are dropped. */
export async function issueCode(em: EntityManager, now: Date): Promise<IssuedCode> {
  const code = newCode();
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
  // Ended ones are kept for a while: "too many tries" is then told from "wrong code".
  await em.execute(`delete from pairing_code where expires_at < ?::timestamptz - interval '1 hour'`, [now]);
  await em.execute('insert into pairing_code (digest, created_at, expires_at) values (?, ?, ?)', [
    codeDigest(code),
    now,
    expiresAt,
  ]);
  return { code, expiresAt };
}
