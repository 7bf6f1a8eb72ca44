import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import type { Tier } from './entity.ts';
import { thresholdsOf } from './decide.ts';
import { rungOf } from './ladder.ts';

const positive = z.int().min(1).max(1_000_000_000).nullable();

/** What an admin enters for a tier. */
export const tierInput = z.object({
  name: z.string().trim().min(1, 'enter a name').max(60),
  /** Basis points off retail; null inherits the programme's rate. */
  discountBp: z.int().min(0).max(10_000).nullable(),
  /** Decimal text in the programme's currency; null = revenue does not matter. */
  minRevenue: z
    .string()
    .regex(/^[0-9]{1,15}(\.[0-9]{1,8})?$/, 'write an amount such as "5000.00"')
    .nullable()
    .default(null),
  minServices: positive.default(null),
  minOrders: positive.default(null),
  match: z.enum(['all', 'any']).default('all'),
});
export type TierInput = z.infer<typeof tierInput>;

/** Puts what was entered into a tier. @throws bad_input for a threshold of nothing, or with too many digits */
export function applyInput(tier: Tier, input: TierInput, digits: number): void {
  let minRevenue: bigint | null = null;
  if (input.minRevenue !== null) {
    try {
      minRevenue = parseAmount(input.minRevenue, digits);
    } catch {
      throw new ServiceError('bad_input', `Write the revenue with at most ${digits} decimal digits.`, '/minRevenue');
    }
    if (minRevenue === 0n)
      throw new ServiceError('bad_input', 'Leave the revenue empty if it does not matter.', '/minRevenue');
  }
  const { name, discountBp, minServices, minOrders, match } = input;
  Object.assign(tier, { name, discountBp, minRevenue, minServices, minOrders, match });
}

/**
 * A higher tier never asks for less of the same than a lower one: its thresholds would take the lower one out of reach.
 * @throws bad_input
 */
export function checkLadder(tiers: Tier[]): void {
  const before = new Map<string, { name: string; needed: bigint }>();
  const none = { revenue: 0n, activeServices: 0, newOrders: 0 };
  const words = { revenue: 'revenue', activeServices: 'active services', newOrders: 'new orders' };
  for (const tier of tiers.toSorted((a, b) => a.position - b.position)) {
    for (const { measure, needed } of thresholdsOf(rungOf(tier), none)) {
      const lower = before.get(measure);
      if (lower && lower.needed > needed) {
        throw new ServiceError(
          'bad_input',
          `${tier.name} would ask for less ${words[measure]} than ${lower.name} below it. Raise it, or reorder the tiers.`,
        );
      }
      before.set(measure, { name: tier.name, needed });
    }
  }
}

/** A tier as screens see it; revenue as decimal text. */
export function tierRow(tier: Tier, digits: number) {
  const { id, name, position, match, version } = tier;
  return {
    id,
    name,
    position,
    discountBp: tier.discountBp ?? null,
    minRevenue: tier.minRevenue == null ? null : formatAmount(BigInt(tier.minRevenue), digits),
    minServices: tier.minServices ?? null,
    minOrders: tier.minOrders ?? null,
    match,
    version,
  };
}
