import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { ApiKey } from './entity.ts';
import { newSecret } from '../webhook/secret.ts';
import { keyDigest, type KeyMode, newKey, shownPart } from './format.ts';

/**
 * Makes and records a key in the caller's transaction. `key` is all there will ever be of it: only its digest is kept.
 * `signingSecret`: shown once as well, kept sealed; null for a key that does not ask for signatures.
 */
export function writeKey(
  ctx: ServiceContext,
  wanted: {
    resellerId: string | null;
    name: string;
    mode: KeyMode;
    signed: boolean;
    scopes: string[];
    allowlist: string[];
    expiresAt: Date | null;
  },
  action: 'key.created' | 'key.regenerated',
  replaces: string | null = null,
): { stored: ApiKey; key: string; signingSecret: string | null } {
  const { signed, ...fields } = wanted;
  const key = newKey(wanted.mode, signed);
  const keyId = newId('key');
  const signingSecret = signed ? newSecret() : null;
  const stored = ctx.em.create(ApiKey, {
    id: keyId,
    ...fields,
    signingSecret: signingSecret === null ? null : ctx.webhooks.vault.seal(signingSecret, keyId),
    digest: keyDigest(key),
    prefix: shownPart(key),
    createdAt: ctx.now,
    revokedAt: null,
  });
  const { id, name, mode, prefix, scopes, allowlist, resellerId } = stored;
  record(ctx, {
    action,
    subject: { type: 'key', id },
    resellerId: resellerId ?? null,
    after: {
      name,
      mode,
      signed,
      prefix,
      scopes,
      allowlist,
      expiresAt: wanted.expiresAt,
      ...(replaces ? { replaces } : {}),
    },
    event: { keyId: id, name, ...(replaces ? { replaces } : {}) },
  });
  return { stored, key, signingSecret };
}
