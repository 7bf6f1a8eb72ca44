import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { ApiKey } from './entity.ts';
import { keyDigest, type KeyMode, newKey } from './format.ts';

/** Makes and records a key in the caller's transaction. `key` is all there will ever be of it: only its digest is kept. */
export function writeKey(
  ctx: ServiceContext,
  wanted: {
    resellerId: string | null;
    name: string;
    mode: KeyMode;
    scopes: string[];
    allowlist: string[];
    expiresAt: Date | null;
  },
  action: 'key.created' | 'key.regenerated',
  replaces: string | null = null,
): { stored: ApiKey; key: string } {
  const key = newKey(wanted.mode);
  const stored = ctx.em.create(ApiKey, {
    id: newId('key'),
    ...wanted,
    digest: keyDigest(key),
    prefix: key.slice(0, 14),
    createdAt: ctx.now,
    revokedAt: null,
  });
  const { id, name, mode, prefix, scopes, allowlist, resellerId } = stored;
  record(ctx, {
    action,
    subject: { type: 'key', id },
    resellerId: resellerId ?? null,
    after: { name, mode, prefix, scopes, allowlist, expiresAt: wanted.expiresAt, ...(replaces ? { replaces } : {}) },
    event: { keyId: id, name, ...(replaces ? { replaces } : {}) },
  });
  return { stored, key };
}
