import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { registrantOf } from '../order/registrant.ts';
import { loadOwnRules } from '../own-price/load.ts';
import { withOwn } from '../own-price/with-own.ts';
import { holdQuote } from './hold.ts';
import { withWords } from './with-words.ts';
import { quoteRequest } from './schemas.ts';

/** A quote for a person to check: each line with its title, and for each part its retail price where the price is from, and the reseller's own price. */
export const reviewQuote = verb({
  procedure: 'quotes.review',
  permission: 'prices:read',
  mode: 'read',
  input: quoteRequest,
  run: async (ctx, request) => {
    const rules = await loadOwnRules(ctx.em, actingReseller(ctx));
    const held = await holdQuote(ctx, request, (priced) =>
      withOwn(withWords(priced, request), priced, request.currency, rules),
    );
    return {
      ...held,
      /** In whose name the host would register its domains for a customer; null without domains, or when it cannot be asked. */
      registrant: await registrantOf(ctx.host, request.lines).catch(() => null),
    };
  },
});
