import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { orderCustomer, hostOrder, orderRegistrant, priceStamp } from '../objects/order.ts';
import { pricedLine } from '../objects/order-line.ts';
import { hostId, moneyContext } from '../objects/primitives.ts';

/** Creates an order at the pinned prices, not invoiced yet. A caller looks the reference up before each try. */
export const placeOrder = defineCall({
  name: 'orders.place',
  about: 'Creates an order at the pinned prices, not invoiced yet. A caller looks the reference up before each try.',
  capability: null,
  request: z.object({
    /** Our order id: looked up with orders.find before any retry. */
    reference: z.string().min(4).max(120),
    clientId: hostId,
    paymentMethod: hostId.nullable(),
    money: moneyContext,
    customer: orderCustomer.nullable(),
    /** Only with lines that register or transfer a domain. */
    registrant: orderRegistrant.nullable().optional(),
    note: z.string().max(2000).nullable(),
    stamp: priceStamp,
    lines: z.array(pricedLine).min(1).max(100),
  }),
  response: z.object({ order: hostOrder }),
});
