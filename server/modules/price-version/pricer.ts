import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import type { Rules } from '../../pricing/formats/rules.ts';
import { inspectProduct, type InspectedCharge } from '../../pricing/inspect-product.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import type { Timeline } from '../price-list/timeline.ts';
import { readTerms, type ResellerTerms, StackMaker } from '../price-list/wanted-segments.ts';
import { rulesOf } from './rules-of.ts';

/** Whose prices: a reseller's, a tier's, or those of somebody without special terms. */
export const whose = z.object({
  resellerId: z.string().max(60).optional(),
  tierId: z.string().max(60).optional(),
  /** The rules of this version instead of those that hold. */
  versionId: z.string().max(60).optional(),
});
type Whose = z.output<typeof whose>;

/** The prices of somebody product by product: now, at another moment, or at that of a version. @throws not_found */
export async function pricerFor(
  ctx: ServiceContext,
  catalogue: CatalogueMeta,
  { resellerId, tierId, versionId }: Whose,
  at?: Date,
) {
  const { timeline, moment, rules } = await rulesOf(ctx, versionId, at);
  const terms = await termsOf(ctx.em, timeline, resellerId, tierId);
  const { until } = timeline.at(moment);
  return {
    ...pricerOf(catalogue, rules, terms, moment, until),
    moment,
    resellerId: resellerId ?? null,
    tierId: terms.tier_id,
  };
}

/** The same from rules that are at hand; `until` is when other rules begin. */
export function pricerOf(
  catalogue: CatalogueMeta,
  rules: Rules,
  terms: ResellerTerms,
  moment: Date,
  rulesUntil: Date | null = null,
): { until: Date | null; lines: (product: Product) => InspectedCharge[] } {
  const maker = new StackMaker({ at: () => ({ rules, until: rulesUntil }), last: rules });
  const { stack, until } = maker.at(terms, moment);
  return { until, lines: (product) => inspectProduct(catalogue, product, stackSlice(stack, product)) };
}

/** What decides somebody's prices besides the rules. @throws not_found */
export async function termsOf(
  em: ServiceContext['em'],
  timeline: Timeline,
  resellerId: string | undefined,
  tierId: string | undefined,
): Promise<ResellerTerms> {
  if (resellerId !== undefined) {
    const [terms] = await readTerms(em, [resellerId]);
    if (!terms) throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
    return terms;
  }
  if (tierId !== undefined && !timeline.last.tiers.some(({ id }) => id === tierId)) {
    throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
  }
  // Somebody without a tier of his own pays the programme's rate, as a tier with an empty rate does.
  return { id: '', tier_id: tierId ?? '', own_discount_bp: null };
}
