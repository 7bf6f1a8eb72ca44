import type { ApiKey } from './entity.ts';

/** A key as lists see it; the key itself is shown once, when it is made. */
export function keyRow(key: ApiKey, now: Date) {
  return {
    id: key.id,
    resellerId: key.resellerId ?? null,
    name: key.name,
    mode: key.mode,
    signed: Boolean(key.signingSecret),
    prefix: key.prefix,
    scopes: key.scopes,
    allowlist: key.allowlist,
    status: keyStatus(key, now),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    replacedBy: key.replacedBy ?? null,
    replacedAt: key.replacedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: key.lastUsedFrom ?? null,
  };
}

/** replaced: still good, while another one has taken its place already. */
function keyStatus({ revokedAt, expiresAt, replacedBy }: ApiKey, now: Date) {
  if (revokedAt) return 'revoked' as const;
  if (expiresAt && expiresAt <= now) return 'expired' as const;
  return replacedBy ? ('replaced' as const) : ('active' as const);
}
