import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { requireParents } from '../catalogue/addons.ts';
import { known, requireMayOrder } from '../reseller/standing.ts';
import { type PricedOrder, priceLines } from './price-lines.ts';
import type { QuoteRequest } from './schemas.ts';
import { orderDigest } from './token.ts';

/**
 * What an order would cost at wholesale now, held for a while: the price is bound, the permission to order is not.
 * Writes nothing. `wording` turns the priced order into the lines of the answer.
 * @throws reseller_suspended, reseller_inactive, programme_off, prices_missing, not_offered, bad_input
 */
export async function holdQuote<Line>(
  ctx: ServiceContext,
  request: QuoteRequest,
  wording: (priced: PricedOrder) => Line[],
) {
  const { em, now, catalogue, prices, quotes, standings } = ctx;
  const resellerId = actingReseller(ctx);
  const standing = ctx.standing ?? known(await standings.find(resellerId));
  requireMayOrder(standing);
  const view = await catalogue.view(em, standing.catalogueReadAt);
  requireParents(view, request.lines);
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
    lines: wording(priced),
    dueNow: priced.quote.dueNow,
    recurring: priced.quote.recurring,
  };
}
