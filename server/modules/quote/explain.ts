import { z } from 'zod';
import { currencyCode, hostId, term } from '../../../hooks/contract/index.ts';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { PricingError } from '../../pricing/errors.ts';
import { explain } from '../../pricing/explain.ts';
import { verb } from '../../verb.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { toMoment } from '../price-list/load-rules.ts';
import { loadRulesAt } from '../price-list/timeline.ts';
import { Reseller } from '../reseller/entity.ts';

/**
 * Why a charge costs what it costs now, or at another moment: each level of the rules in its order, with what matched or why not, then floor
 * and cap. Worked out afresh by the same evaluation that compiles the lists. @throws not_found, not_offered
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
  run: async ({ em, actor, now }, { resellerId, tierId, at, ...charge }) => {
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
        steps: [
          ...(steps?.levels ?? []).map(({ source, status, why }) => ({
            level: String(source),
            matched: status === 'won',
            text: why,
          })),
          ...(steps
            ? [
                { level: 'floor', matched: steps.floor.acted, text: steps.floor.why },
                { level: 'cap', matched: steps.cap.acted, text: steps.cap.why },
              ]
            : []),
        ],
      };
    } catch (error) {
      if (!(error instanceof PricingError)) throw error;
      throw new ServiceError(error.code === 'not_offered' ? 'not_offered' : 'not_found', error.message, error.path);
    }
  },
});
