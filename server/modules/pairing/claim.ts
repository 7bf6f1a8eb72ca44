import { timingSafeEqual } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { codeDigest, MAX_TRIES } from './code.ts';
import { PairingError } from './errors.ts';

/** Longer than a pairing may take: the host's answer is waited for 10 s. */
const CLAIM_SECONDS = 30;

interface CodeRow {
  digest: Buffer;
  tries: number;
  used: boolean;
  expired: boolean;
  claimed: boolean;
}

/**
 * Takes the code for one pairing at a time. A wrong one counts against all that are open, and the fifth ends them.
 * @returns the digest, by which the code is spent or given back
 * @throws PairingError wrong_code (unknown, used or expired alike), too_many_tries, in_progress
 */
export async function claimCode(em: EntityManager, code: string, now: Date): Promise<Buffer> {
  const digest = codeDigest(code);
  // The refusal is thrown after the commit: a wrong try that is rolled back would not count.
  const refusal = await em.fork().transactional(async (inside) => {
    const rows = await inside.execute<CodeRow[]>(
      `select digest, tries, used_at is not null as used, expires_at <= ? as expired, coalesce(claimed_until > ?, false) as claimed
         from pairing_code order by digest for update`,
      [now, now],
    );
    // All are compared, so that the time taken tells nothing.
    const matches = rows.map((row) => timingSafeEqual(Buffer.from(row.digest), digest));
    const found = rows[matches.indexOf(true)];
    const open = rows.filter(({ used, expired }) => !used && !expired);
    if (open.length > 0 && open.every(({ tries }) => tries >= MAX_TRIES)) return tooMany();
    if (found === undefined || found.used || found.expired) {
      await inside.execute('update pairing_code set tries = tries + 1 where used_at is null and expires_at > ?', [now]);
      return wrong();
    }
    if (found.tries >= MAX_TRIES) return tooMany();
    if (found.claimed) {
      return new PairingError(
        'in_progress',
        'A pairing with this code is under way. Wait half a minute, then try again.',
      );
    }
    const until = new Date(now.getTime() + CLAIM_SECONDS * 1000);
    await inside.execute('update pairing_code set claimed_until = ? where digest = ?', [until, digest]);
    return null;
  });
  if (refusal) throw refusal;
  return digest;
}

/** The pairing did not come about: the code may be used again. */
export async function releaseCode(em: EntityManager, digest: Buffer): Promise<void> {
  await em.execute('update pairing_code set claimed_until = null where digest = ? and used_at is null', [digest]);
}

/** Ends the code, in the transaction that makes the pairing hold. @throws PairingError when it ended meanwhile */
export async function spendCode(em: EntityManager, digest: Buffer, now: Date): Promise<void> {
  const spent = await em.execute<unknown[]>(
    'update pairing_code set used_at = ? where digest = ? and used_at is null returning 1',
    [now, digest],
    'all',
  );
  if (spent.length === 0) throw wrong();
}

function wrong(): PairingError {
  return new PairingError(
    'wrong_code',
    'This code is not valid: it is mistyped, was used, or is over. Get a new one with: reseller-plugin pair',
  );
}

function tooMany(): PairingError {
  return new PairingError(
    'too_many_tries',
    'Too many wrong codes. All open codes ended; get a new one with: reseller-plugin pair',
  );
}
