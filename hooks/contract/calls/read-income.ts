import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { amount, currencyCode, day } from '../objects/primitives.ts';

/** Income of the whole host per day (in the zone of the provider) and currency, net: paid less refunded; `from` is in, `until` is not. */
export const readIncome = defineCall({
  name: 'income.read',
  about:
    'Income of the whole host per day (in the zone of the provider) and currency, net: paid less refunded; `from` is in, `until` is not.',
  capability: 'income',
  request: z.object({ from: day, until: day }),
  response: z.object({
    tax: z.literal('net'),
    days: z.array(z.object({ day, currency: currencyCode, digits: z.int(), amount })),
  }),
});
