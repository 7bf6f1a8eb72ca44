import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { loadStanding, requireMayOrder } from '../reseller/standing.ts';
import { priceLines } from './price-lines.ts';
import { quoteRequest } from './schemas.ts';
import { orderDigest } from './token.ts';

/**
 * What an order would cost at wholesale now, held for a while: the price is bound, the permission to order is not.
 * Writes nothing. @throws reseller_suspended, reseller_inactive, programme_off, prices_missing, not_offered, bad_input
 */
export const createQuote = verb({
  procedure: 'quotes.create',
  permission: 'prices:read',
  mode: 'read',
  input: quoteRequest,
  run: async (ctx, request) => {
    const { em, now, catalogue, prices, quotes } = ctx;
    const resellerId = actingReseller(ctx);
    const standing = ctx.standing ?? (await loadStanding(em, resellerId, now));
    requireMayOrder(standing);
    const view = await catalogue.view(em, standing.catalogueReadAt);
    const priced = await priceLines(em, prices, view, standing.listHash, request);
    const until = now.getTime() + standing.quoteHoldsSeconds * 1000;
    const token = quotes.sign({
      id: newId('quo'),
      reseller: resellerId,
      list: standing.listHash ?? '',
      at: now.getTime(),
      until,
      order: orderDigest(request),
    });
    return {
      format: 'quote/1' as const,
      quote: token,
      holdsUntil: new Date(until).toISOString(),
      currency: request.currency,
      taxMode: view.tax,
      lines: priced.lines,
      dueNow: priced.dueNow,
      recurring: priced.recurring,
    };
  },
});
