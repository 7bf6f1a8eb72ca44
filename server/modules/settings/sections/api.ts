import { z } from 'zod';
import { type Permission, resellerPermissions } from '../../../permissions.ts';

const offered = [...resellerPermissions] as [Permission, ...Permission[]];

/**
 * What resellers' programs may do. Numbers: 60 calls a minute with bursts of 20 is what peers allow a key; five
 * keys at full rate make a reseller's limit. The provider's own keys have none.
 */
export const apiSection = z.strictObject({
  /** Off: no key of any reseller opens anything; keys stay. A column of the programme. */
  enabled: z.boolean().default(true),
  /** Scopes that a reseller may give to a key; empty = all that it has. */
  scopesOffered: z.array(z.enum(offered)).max(offered.length).default([]),
  maxKeys: z.int().min(1).max(1000).default(20),
  /** Days a key may live; null = without end. */
  maxLifetimeDays: z.int().min(1).max(3650).nullable().default(null),
  allowlistRequired: z.boolean().default(false),
  /** Calls of one key in a minute; null = no limit. */
  ratePerMinute: z.int().min(1).max(100_000).nullable().default(60),
  /** How much of a minute's calls that were not made may be made in the next one. */
  burst: z.int().min(1).max(10_000).default(20),
  /** Calls of all keys of one reseller together in a minute; null = no limit. */
  resellerRatePerMinute: z.int().min(1).max(1_000_000).nullable().default(300),
  endpointsPerReseller: z.int().min(0).max(1000).default(20),
});
