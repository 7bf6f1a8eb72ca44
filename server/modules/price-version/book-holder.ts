import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import type { Holder } from '../../pricing/formats/rules.ts';

/** Whose price book: exactly one of the two. */
export const holderInput = z.object({
  resellerId: z.string().max(60).optional(),
  tierId: z.string().max(60).optional(),
});

/** @throws bad_input unless exactly one is named */
export function bookHolder({ resellerId, tierId }: z.output<typeof holderInput>): Holder {
  if (resellerId !== undefined && tierId === undefined) return { reseller: resellerId };
  if (tierId !== undefined && resellerId === undefined) return { tier: tierId };
  throw new ServiceError('bad_input', 'Name a reseller or a tier: a price book belongs to one of them.', '/resellerId');
}
