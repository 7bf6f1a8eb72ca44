import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { type Permission, permissions } from '../../permissions.ts';
import { verb } from '../../verb.ts';
import { allowlist } from './allowlist.ts';
import { keepPolicy, requireOwnScopes } from './policy.ts';
import { keyRow } from './row.ts';
import { writeKey } from './write.ts';

/**
 * Makes a key, never with more rights than its maker has. The key itself is in the answer, once; only its digest is
 * kept. A reseller's key keeps to the provider's policy. @throws forbidden (more scopes than own, or than are offered),
 * not_found (reseller), conflict (as many keys as are allowed), bad_input (lives too long, or without its addresses)
 */
export const createKey = verb({
  procedure: 'keys.create',
  permission: 'keys:manage',
  mode: 'write',
  input: z.object({
    name: z.string().trim().min(1, 'give the key a name').max(100),
    /** Test keys see the same prices as live ones; what they order stays in test mode. */
    mode: z.enum(['live', 'test']).default('live'),
    scopes: z.array(z.enum(permissions as [Permission, ...Permission[]])).min(1, 'choose at least one scope'),
    /** Every request with it has to be signed; the secret is in the answer, once. */
    signed: z.boolean().default(false),
    /** Addresses and CIDR ranges, IPv4 and IPv6; empty = from anywhere. */
    allowlist: allowlist.default([]),
    /** For an admin: whose key; null = a key of the provider's own automation. */
    resellerId: z.string().max(60).nullable().default(null),
    expiresAt: z.iso.datetime().nullable().default(null),
  }),
  run: async (ctx, input) => {
    requireOwnScopes(ctx, input.scopes);
    const own = tenantOf(ctx.actor);
    // A reseller that names another one learns no more than from an id that is nobody's.
    if (own !== null && input.resellerId !== null && input.resellerId !== own) throw unknownReseller();
    const resellerId = own ?? input.resellerId;
    if (resellerId !== null) await keepPolicy(ctx, resellerId, input);
    const { name, mode, signed, scopes, expiresAt } = input;
    const { stored, key, signingSecret } = writeKey(
      ctx,
      {
        resellerId,
        name,
        mode,
        signed,
        scopes: [...new Set(scopes)],
        allowlist: [...new Set(input.allowlist)],
        expiresAt: expiresAt ? new Date(expiresAt) : null,
      },
      'key.created',
    );
    await ctx.em.flush();
    return { ...keyRow(stored, ctx.now), key, signingSecret };
  },
});

const unknownReseller = () => new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
