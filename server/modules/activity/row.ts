import type { ServiceContext } from '../../context.ts';
import { tenantOf } from '../../context.ts';
import type { RecordedActor } from './entity.ts';
import { type Sealed, sealedText } from './hash.ts';

export interface FoundActivity extends Omit<Sealed, 'at' | 'actor'> {
  at: Date | string;
  /** As it is sealed: in microseconds. */
  sealed_at: string;
  actor: RecordedActor;
  company: string | null;
  hash: string | null;
  previous_hash: string | null;
}

/** An entry as screens and exports show it. */
export interface ActivityRow {
  id: string;
  at: string;
  actor: RecordedActor;
  action: string;
  subject: { type: string; id: string };
  reseller: { id: string; company: string | null } | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  requestId: string | null;
  sourceAddress: string | null;
  /** Hex; null until the sealer came by, a minute at most, and for resellers. */
  hash: string | null;
  previousHash: string | null;
}

/** Columns of `activity a` with its seal, for rowOf. */
export const ACTIVITY_COLUMNS = `a.id, a.at, a.actor, a.action, a.subject_type, a.subject_id, a.reseller_id, r.company, a.before,
  a.after, a.reason, a.request_id, a.source_address, a.internal, a.sequence::text as sequence,
  to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as sealed_at, encode(s.hash, 'hex') as hash, encode(b.hash, 'hex') as previous_hash`;
export const ACTIVITY_JOINS = `left join reseller r on r.id = a.reseller_id
  left join activity_seal s on s.activity_id = a.id left join activity_seal b on b.position = s.position - 1`;

/** Fields that hold the provider's own notes: no reseller ever sees them (screens P12). */
const PROVIDERS_OWN = new Set(['note', 'notes', 'adminNote', 'adminNotes', 'internalNote', 'internalNotes']);

/**
 * An entry for whoever asks. A reseller sees neither the provider's notes and reasons nor the names and addresses of its staff.
 */
export function activityRow({ actor }: ServiceContext, found: FoundActivity): ActivityRow {
  const outside = tenantOf(actor) !== null;
  const own = found.actor.kind === 'reseller' || found.actor.kind === 'api_key' || found.actor.kind === 'client';
  const shown = !outside || (own && !found.actor.actingAdmin);
  return {
    id: found.id,
    at: new Date(found.at).toISOString(),
    actor: outside && found.actor.kind === 'admin' ? { ...found.actor, name: found.actor.id } : found.actor,
    action: found.action,
    subject: { type: found.subject_type, id: found.subject_id },
    reseller: found.reseller_id === null ? null : { id: found.reseller_id, company: found.company },
    before: shown ? found.before : withoutNotes(found.before),
    after: shown ? found.after : withoutNotes(found.after),
    reason: shown ? found.reason : null,
    requestId: found.request_id,
    sourceAddress: shown ? found.source_address : null,
    hash: outside ? null : found.hash,
    previousHash: outside ? null : found.previous_hash,
  };
}

/** What is hashed of an entry, after the hash before it: with this text its hash can be worked out again anywhere. */
export const sealOf = ({
  company: _company,
  hash: _hash,
  previous_hash: _previous,
  sealed_at,
  ...entry
}: FoundActivity): string => sealedText({ ...entry, at: sealed_at });

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !PROVIDERS_OWN.has(name))
      .map(([name, field]) => [name, withoutNotes(field)]),
  );
}
