import { createHash } from 'node:crypto';
import { canonicalJson } from '../../pricing/canonical-json.ts';

/** An entry as it is sealed: every column that says what happened. `at` as ISO text, UTC, in microseconds. */
export interface Sealed {
  id: string;
  sequence: string;
  at: string;
  actor: unknown;
  action: string;
  subject_type: string;
  subject_id: string;
  reseller_id: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  request_id: string | null;
  source_address: string | null;
  internal: boolean;
}

/** The columns of `activity a` that Sealed names; the moment as text, since a driver's Date drops microseconds. */
export const SEALED_COLUMNS = `a.id, a.sequence::text as sequence,
  to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, a.actor, a.action, a.subject_type, a.subject_id,
  a.reseller_id, a.before, a.after, a.reason, a.request_id, a.source_address, a.internal`;

/** What is hashed of an entry: its canonical JSON. */
export const sealedText = (entry: Sealed): string => canonicalJson(entry);

/** SHA-256 of the link before and the entry as canonical JSON: changing an entry breaks its link, removing it the next. */
export function sealHash(previous: Buffer, entry: Sealed): Buffer {
  return createHash('sha256').update(previous).update(sealedText(entry)).digest();
}

/** What the first link continues. */
export const GENESIS = Buffer.alloc(32);
