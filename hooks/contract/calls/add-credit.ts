import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { amount, currencyCode, hostId, moneyContext } from '../objects/primitives.ts';

/** Adds (or with a minus takes) account credit, once per reference. */
export const addCredit = defineCall({
  name: 'credit.add',
  about: 'Adds (or with a minus takes) account credit, once per reference.',
  capability: 'accountCredit',
  request: z.object({
    clientId: hostId,
    reference: z.string().min(4).max(120),
    amount,
    currency: currencyCode,
    reason: z.string().max(300),
  }),
  response: z.object({ money: moneyContext, balance: amount }),
});
