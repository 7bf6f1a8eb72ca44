import { z } from 'zod';
import { PricingError } from '../errors.ts';
import { basisPoints, identifier } from './fields.ts';
import { readFormat } from './read.ts';
import type { Rules } from './rules.ts';

/** reseller/1: whom a list is compiled for. `discountBp` is the own rate in basis points, null = inherit (rule 8). */
export const resellerFormat = z.strictObject({
  format: z.literal('reseller/1'),
  id: identifier,
  tier: identifier,
  discountBp: basisPoints.nullable(),
});

export type Reseller = z.infer<typeof resellerFormat>;

/** Checks one reseller/1. Throws PricingError invalid_format. */
export function parseReseller(value: unknown): Reseller {
  return readFormat(resellerFormat, value, 'reseller');
}

/** Checks an array of reseller/1. Throws PricingError invalid_format, duplicate_id. */
export function parseResellers(value: unknown): Reseller[] {
  const resellers = readFormat(z.array(resellerFormat), value, 'reseller');
  const seen = new Set<string>();
  for (const [index, { id }] of resellers.entries()) {
    if (seen.has(id)) {
      throw new PricingError('duplicate_id', 'reseller', `/${index}/id`, `The reseller "${id}" is listed twice.`);
    }
    seen.add(id);
  }
  return resellers;
}

/** Checks that the rules have the reseller's tier. Throws PricingError unknown_tier; `path` is where the reseller stands. */
export function checkReseller(rules: Rules, reseller: Reseller, path = ''): void {
  if (rules.tiers.some(({ id }) => id === reseller.tier)) return;
  const message = `The rules have no tier "${reseller.tier}", which the reseller "${reseller.id}" is in.`;
  throw new PricingError('unknown_tier', 'reseller', `${path}/tier`, message);
}
