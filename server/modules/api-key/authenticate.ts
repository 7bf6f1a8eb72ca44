import type { Actor } from '../../context.ts';
import { adminPermissions, intersect, resellerPermissions } from '../../permissions.ts';
import { apiGate, cutToGate } from '../reseller/gates.ts';
import type { Standing } from '../reseller/standing.ts';
import { isAllowed } from './allowlist.ts';
import { keyDigest, type KeyMode, looksLikeKey } from './format.ts';
import type { Limit, RateLimiter, RateState } from './rate.ts';
import type { KeyReader } from './reader.ts';
import type { SignatureRefusal } from './signed.ts';

/** Why a key that we know is not let in, with what to do about it. Also the outcome in the call log. */
export interface KeyRefusal {
  code: 'key_revoked' | 'key_expired' | 'api_off' | 'address_refused' | 'rate_limited' | SignatureRefusal['code'];
  message: string;
}

/** What a key that we know opens at this call; `rates` are its limits, the narrower first. */
export type KeyVerdict = { keyId: string; resellerId: string | null; rates: RateState[] } & (
  | { actor: Actor; standing: Standing | null; mode: KeyMode; refused?: undefined }
  | { refused: KeyRefusal; actor?: undefined; mode?: undefined }
);

/**
 * What an API key opens, with the reseller's standing from the same query; null for one that is unknown. Read from the
 * database at each call: a revoked key is refused everywhere from the moment the revoke call has answered. Scopes are cut
 * to what the owner may do at this moment.
 */
export async function authenticateKey(
  { keys, limits }: { keys: KeyReader; limits: RateLimiter },
  key: string,
  address?: string,
): Promise<KeyVerdict | null> {
  if (!looksLikeKey(key)) return null;
  const row = await keys.find(keyDigest(key));
  if (!row) return null;
  const { keyId, keyName, scopes, mode, allowlist, revoked, expired, keyQuota, resellerQuota, burst, ...standing } =
    row;
  const known = standing.resellerId ? (standing as Standing) : null;
  const resellerId = known?.resellerId ?? null;
  const refuse = (code: KeyRefusal['code'], message: string, rates: RateState[] = []): KeyVerdict => ({
    keyId,
    resellerId,
    rates,
    refused: { code, message },
  });
  if (revoked) return refuse('key_revoked', 'This key was revoked. Use another one, or make a new one in the portal.');
  if (expired) return refuse('key_expired', 'This key ran out. Make a new one in the portal.');
  if (known && !known.apiEnabled)
    return refuse('api_off', 'The provider switched the API off for this account. Ask the provider.');
  const rates: RateState[] = [];
  let full: RateState | undefined;
  // Calls that the key's limit refuses do not count for the reseller: one key that runs wild leaves the others theirs.
  for (const limit of resellerId === null ? [] : limitsOf(keyId, keyQuota, resellerId, resellerQuota, burst)) {
    const { allowed, state } = await limits.take(limit);
    rates.push(state);
    if (!allowed) {
      full = state;
      break;
    }
  }
  if (full) {
    const whose = full.name === 'key' ? 'This key' : 'All keys of this account together';
    return refuse(
      'rate_limited',
      `${whose} may call ${full.quota} times a minute. Go on in ${full.resetSeconds} seconds.`,
      rates,
    );
  }
  if (!isAllowed(allowlist, address))
    return refuse(
      'address_refused',
      `This key may not be used from ${address ?? 'here'}. Add the address to it.`,
      rates,
    );
  const given = intersect(scopes, known ? resellerPermissions : adminPermissions);
  const { permissions, ...held } = known
    ? cutToGate(given, apiGate(known.status), known.status, known.publicReason)
    : { permissions: given };
  return {
    keyId,
    resellerId,
    rates,
    actor: { kind: 'api_key', id: keyId, name: keyName, resellerId, permissions, ...held },
    standing: known,
    mode,
  };
}

function limitsOf(key: string, keyQuota: number | null, reseller: string, resellerQuota: number | null, burst: number) {
  const found: Limit[] = [];
  if (keyQuota !== null) found.push({ name: 'key', id: key, quota: keyQuota, burst });
  if (resellerQuota !== null) found.push({ name: 'reseller', id: reseller, quota: resellerQuota, burst });
  return found;
}
