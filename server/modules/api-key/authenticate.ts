import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../context.ts';
import { adminPermissions, intersect, resellerPermissions } from '../../permissions.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';
import { STANDING_COLUMNS, type Standing } from '../reseller/standing.ts';
import { keyDigest, looksLikeKey } from './format.ts';

interface Row extends Partial<Standing> {
  keyId: string;
  keyName: string;
  scopes: string[];
}

const LOOK_UP = prepared(
  'api-key-look-up',
  `select k.id as "keyId", k.name as "keyName", k.scopes, ${STANDING_COLUMNS}
     from api_key k left join reseller r on r.id = k.reseller_id cross join programme g
    where k.digest = ? and k.revoked_at is null and (k.expires_at is null or k.expires_at > ?)`,
);

/**
 * The actor behind an API key, with the reseller's standing from the same query; null for a key that is unknown,
 * revoked, run out, or switched off. Read from the database at each call: a revoked key is refused everywhere from the
 * moment the revoke call has answered.
 */
export async function authenticateKey(
  em: EntityManager,
  key: string,
  now: Date,
): Promise<{ actor: Actor; standing: Standing | null } | null> {
  if (!looksLikeKey(key)) return null;
  const [row] = await executePrepared<Row>(em, LOOK_UP, [now, now, keyDigest(key), now]);
  if (!row) return null;
  const { keyId, keyName, scopes, ...standing } = row;
  const known = standing.resellerId ? (standing as Standing) : null;
  if (known && (!known.apiEnabled || known.status === 'terminated')) return null;
  const permissions = intersect(scopes, known ? resellerPermissions : adminPermissions);
  return {
    actor: { kind: 'api_key', id: keyId, name: keyName, resellerId: known?.resellerId ?? null, permissions },
    standing: known,
  };
}
