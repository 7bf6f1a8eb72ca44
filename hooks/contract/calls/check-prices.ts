import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { orderItem } from '../objects/order-line.ts';
import { amount, contentHash, currencyCode, hostId } from '../objects/primitives.ts';

/** What the bridge's own look-up would charge a client now. Nothing is ordered; the plugin compares it with its quote. */
export const checkPrices = defineCall({
  name: 'prices.check',
  about:
    "What the bridge's own look-up would charge a client now. Nothing is ordered; the plugin compares it with its quote.",
  capability: 'priceCheck',
  request: z.object({ clientId: hostId, currency: currencyCode, lines: z.array(orderItem).min(1).max(100) }),
  response: z.object({
    /** As the bridge decides at a checkout: retail = no reseller's order. */
    decision: z.enum(['retail', 'wholesale', 'refused']),
    /** Why it is refused, in a code. */
    code: z.string().max(60).nullable(),
    listHash: contentHash.nullable(),
    lines: z
      .array(
        z.object({
          unitPrice: amount,
          price: amount,
          setup: amount,
          renewal: amount.nullable(),
        }),
      )
      .max(100),
  }),
});
