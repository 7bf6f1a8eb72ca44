import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import type { Rules } from '../../pricing/formats/rules.ts';
import { inspectProduct, type InspectedCharge } from '../../pricing/inspect-product.ts';
import { applyChanges } from '../../pricing/rule-changes.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import { loadRulesAt, type Timeline } from '../price-list/timeline.ts';
import { readTerms, type ResellerTerms, StackMaker } from '../price-list/wanted-segments.ts';
import { changesOf, findVersion } from './find.ts';

/** Whose prices: a reseller's, a tier's, or those of somebody without special terms. */
export const whose = z.object({
  resellerId: z.string().max(60).optional(),
  tierId: z.string().max(60).optional(),
  /** The rules of a draft or scheduled version instead of the published ones. */
  versionId: z.string().max(60).optional(),
});
type Whose = z.output<typeof whose>;

/** The prices of somebody at a moment, product by product. @throws not_found */
export async function pricerFor(
  { em, now }: ServiceContext,
  timeline: Timeline,
  catalogue: CatalogueMeta,
  { resellerId, tierId, versionId }: Whose,
  moment: Date,
) {
  const terms = await termsOf(em, timeline, resellerId, tierId);
  const changes = versionId ? await changesOf(em, (await findVersion(em, versionId)).id) : [];
  const published = await loadRulesAt(em, moment, now);
  const rules = changes.length === 0 ? published : applyChanges(published, changes);
  const { until } = timeline.at(moment);
  return { ...pricerOf(catalogue, rules, terms, moment, until), resellerId: resellerId ?? null };
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
