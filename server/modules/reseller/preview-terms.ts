import { setImmediate as otherRequests } from 'node:timers/promises';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { formatAmount } from '../../money.ts';
import type { Product } from '../../pricing/formats/catalogue.ts';
import { verb } from '../../verb.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { loadTimeline } from '../price-list/timeline.ts';
import { StackMaker } from '../price-list/wanted-segments.ts';
import { addFigures, comparedLines, countLines, noFigures } from '../price-version/preview-groups.ts';
import { addMove, monthlyOfRunning, movedServices } from '../price-version/preview-services.ts';
import { readGuard } from '../price-version/risks.ts';
import { Tier } from '../tier/entity.ts';
import { Reseller } from './entity.ts';
import { discountBp } from './schemas.ts';

/** Products between two pauses: a large catalogue takes a second, and others are served meanwhile. */
const PAUSE_EVERY = 50;

/**
 * What other terms would do, by the evaluation that makes the price lists: price lines that get cheaper or dearer, those
 * that a fixed price or a floor decides, and the running services that get cheaper at their next renewal, with what they
 * bring in a month. None gets dearer by new terms (pricing.md rule 20). Changes nothing. @throws not_found, prices_missing
 */
export const previewTerms = verb({
  procedure: 'resellers.previewTerms',
  permission: 'resellers:write',
  mode: 'read',
  input: z.object({ id: z.string().max(60), tierId: z.string().max(60), ownDiscountBp: discountBp }),
  run: async ({ em, now }, { id, tierId, ownDiscountBp }) => {
    const reseller = await em.findOne(Reseller, id);
    if (!reseller) throw new ServiceError('not_found', 'There is no such reseller.');
    const terms = { id, tier_id: reseller.tier.id, own_discount_bp: reseller.ownDiscountBp ?? null };
    if (!(await em.findOne(Tier, tierId))) throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
    const catalogue = await loadCatalogue(em);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const maker = new StackMaker(await loadTimeline(em));
    const before = maker.at(terms, now).stack;
    const after = maker.at({ ...terms, tier_id: tierId, own_discount_bp: ownDiscountBp }, now).stack;
    const group = { number: 0, before, after, resellers: [id] };
    const { lineBp } = await readGuard(em);

    const figures = noFigures();
    let fixed = 0;
    const changed = new Map<string, Product>();
    for (const [index, product] of catalogue.products.entries()) {
      if (index % PAUSE_EVERY === PAUSE_EVERY - 1) await otherRequests();
      const lines = comparedLines(catalogue, product, group);
      if (!lines) continue;
      const counted = countLines(product.id, lines, lineBp);
      addFigures(figures, counted);
      fixed += lines.filter((line) => line.after?.source.endsWith('_book')).length;
      if (counted.up + counted.down > 0) changed.set(product.id, product);
    }

    const monthly = await monthlyOfRunning(em, catalogue, [id]);
    const digits = new Map(catalogue.currencies.map((currency) => [currency.code, currency.digits]));
    let cheaper = 0;
    for await (const moves of movedServices(em, catalogue, group, changed)) {
      for (const move of moves.filter(({ bp }) => bp < 0)) {
        cheaper += 1;
        addMove(monthly, move, digits.get(move.service.currency) ?? 2);
      }
    }
    return {
      /** Price lines of products that the change reaches. */
      lines: { up: figures.up, down: figures.down, fixed, atFloor: figures.atFloor },
      largestBp: figures.largestBp,
      /** Running services that get cheaper at their next renewal; the others keep their price. */
      servicesCheaper: cheaper,
      /** What running services bring in a month, by currency, and what the change takes off. */
      monthly: [...(monthly.get(id) ?? [])].toSorted().map(([currency, sums]) => {
        const text = (minor: bigint) => formatAmount(minor, digits.get(currency) ?? 2);
        return { currency, before: text(sums.before), change: text(sums.cheaper) };
      }),
    };
  },
});
