import { defineEntity, p } from '@mikro-orm/core';
import type { KeyMode } from './format.ts';

export const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.string().primary(),
    /** Null for a key of the provider's own automation. */
    resellerId: p.string().nullable(),
    name: p.string(),
    digest: p.type('bytea').$type<Buffer>(),
    prefix: p.string(),
    /** Sealed; null for a key whose requests need no signature. */
    signingSecret: p.string().nullable(),
    scopes: p.json<string[]>(),
    mode: p.string().$type<KeyMode>(),
    /** Addresses and CIDR ranges that calls may come from; empty = from anywhere. */
    allowlist: p.json<string[]>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    /** The key that takes this one's place; until it expires both are good. */
    replacedBy: p.string().nullable(),
    replacedAt: p.datetime().nullable(),
    /** When it was to end before that; null = never. */
    endsBy: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedFrom: p.string().nullable(),
  },
});
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
