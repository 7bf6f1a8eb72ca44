import { z } from 'zod';
import { day, id, moment } from './schemas.ts';

/** What the API answers about keys and their calls. */

export const apiKey = z.object({
  id,
  resellerId: id.nullable(),
  name: z.string(),
  mode: z.enum(['live', 'test']),
  signed: z.boolean(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  allowlist: z.array(z.string()),
  status: z.enum(['active', 'replaced', 'expired', 'revoked']),
  createdAt: moment,
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  replacedBy: id.nullable(),
  lastUsedAt: moment.nullable(),
  lastUsedFrom: z.string().nullable(),
});
/** `key` and `signingSecret` are shown once: null in the answer to a repeated request. */
export const newApiKey = apiKey.extend({ key: z.string().nullable(), signingSecret: z.string().nullable() });
export const keyUsage = apiKey.extend({
  calls: z.int(),
  answered: z.int(),
  byDay: z.array(z.object({ day, outcome: z.string(), calls: z.int() })),
  callersSince: moment,
  callers: z.array(z.object({ address: z.string().nullable(), calls: z.int(), lastAt: moment })),
});
export const call = z.object({
  id,
  at: moment,
  key: z.object({ id, name: z.string(), prefix: z.string() }),
  resellerId: id.nullable(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  outcome: z.string(),
  durationMs: z.int(),
  requestId: z.string(),
  sourceAddress: z.string().nullable(),
});
