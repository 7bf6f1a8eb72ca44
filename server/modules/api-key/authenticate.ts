import type { Actor } from '../../context.ts';
import { adminPermissions, intersect, resellerPermissions } from '../../permissions.ts';
import { apiGate, cutToGate } from '../reseller/gates.ts';
import type { Standing } from '../reseller/standing.ts';
import { keyDigest, looksLikeKey } from './format.ts';
import type { KeyReader } from './reader.ts';

/**
 * The actor behind an API key, with the reseller's standing from the same query; null for a key that is unknown,
 * revoked, run out, or switched off. Read from the database at each call: a revoked key is refused everywhere from the
 * moment the revoke call has answered.
 */
export async function authenticateKey(
  keys: KeyReader,
  key: string,
): Promise<{ actor: Actor; standing: Standing | null } | null> {
  if (!looksLikeKey(key)) return null;
  const row = await keys.find(keyDigest(key));
  if (!row) return null;
  const { digest: _, keyId, keyName, scopes, ...standing } = row;
  const known = standing.resellerId ? (standing as Standing) : null;
  if (known && !known.apiEnabled) return null;
  const given = intersect(scopes, known ? resellerPermissions : adminPermissions);
  const { permissions, ...held } = known
    ? cutToGate(given, apiGate(known.status), known.status, known.publicReason)
    : { permissions: given };
  return {
    actor: { kind: 'api_key', id: keyId, name: keyName, resellerId: known?.resellerId ?? null, permissions, ...held },
    standing: known,
  };
}
