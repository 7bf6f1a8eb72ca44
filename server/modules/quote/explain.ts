import { z } from 'zod';
import { canonicalDecimal } from '../../../hooks/prices/money.ts';
import { currencyCode, hostId, term } from '../../../hooks/contract/index.ts';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { PricingError } from '../../pricing/errors.ts';
import { explain, type PriceSteps } from '../../pricing/explain.ts';
import { verb } from '../../verb.ts';
import { basisOfPrice } from './basis-of-price.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { toMoment } from '../price-list/load-rules.ts';
import { loadRulesAt } from '../price-list/timeline.ts';
import { Reseller } from '../reseller/entity.ts';

/**
 * Why a charge costs what it costs now, or at another moment: each level of the rules in its order, with what matched or
 * why not, then rounding, floor and cap. A step that acted says what the price is after it, as decimal text (before
 * rounding with more digits): the last of them is the wholesale. Worked out afresh by the same evaluation that compiles the
 * lists. An admin is told on which version of prices and which reading of the host it stands. @throws not_found, not_offered
 */
export const explainPrice = verb({
  procedure: 'quotes.explain',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    product: hostId,
    component: z.string().max(120),
    term,
    currency: currencyCode,
    charge: z.enum(['price', 'setup']).default('price'),
    /** For an admin: whose price. */
    resellerId: z.string().max(60).optional(),
    /** For an admin who names no reseller: the tier's price; without it, that of somebody without special terms. */
    tierId: z.string().max(60).optional(),
    /** Another moment than now: by the rules of then, at the retail and on the terms of today. */
    at: z.iso.datetime().optional(),
  }),
  run: async (ctx, { resellerId, tierId, at, ...charge }) => {
    const { em, actor, now } = ctx;
    const moment = at === undefined ? now : new Date(at);
    const wanted = tenantOf(actor) ?? resellerId;
    const reseller = wanted === undefined ? null : await em.findOne(Reseller, { id: wanted });
    if (wanted !== undefined && !reseller)
      throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
    const catalogue = await loadCatalogue(em, [charge.product]);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const who = {
      format: 'reseller/1' as const,
      id: reseller?.id ?? '',
      tier: reseller?.tier.id ?? tierId ?? '',
      discountBp: reseller?.ownDiscountBp ?? null,
    };
    try {
      const { retail, wholesale, steps } = explain(
        catalogue,
        await loadRulesAt(em, moment, now),
        who,
        toMoment(moment),
        charge,
      );
      return {
        retail,
        wholesale,
        steps: steps ? stepsOf(steps, retail) : [],
        basis: tenantOf(actor) === null ? await basisOfPrice(ctx, charge.product, reseller?.id ?? null, moment) : null,
      };
    } catch (error) {
      if (!(error instanceof PricingError)) throw error;
      throw new ServiceError(error.code === 'not_offered' ? 'not_offered' : 'not_found', error.message, error.path);
    }
  },
});

function stepsOf({ levels, rounding, floor, cap }: PriceSteps, retail: string | null) {
  const rounded = canonicalDecimal(rounding.rounded) !== canonicalDecimal(rounding.exact);
  const step = (level: string, matched: boolean, text: string, amount: string | null) => ({
    level,
    matched,
    text,
    amount: matched ? amount : null,
  });
  const exact = rounded ? rounding.exact : rounding.rounded;
  return [
    ...levels.map(({ source, status, why }) => step(source, status === 'won', why, exact)),
    step('rounding', rounded, rounded ? ROUNDED : 'Nothing to round.', rounding.rounded),
    step('floor', floor.acted, floor.why, floor.amount),
    step('cap', cap.acted, cap.why, retail),
  ];
}

/** Rule 1 of the pricing, in words. */
const ROUNDED = 'Rounded to the digits of the currency, half away from zero.';
