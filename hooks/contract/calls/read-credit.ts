import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { amount, hostId, moneyContext } from '../objects/primitives.ts';

/** The account credit of a client. */
export const readCredit = defineCall({
  name: 'credit.read',
  about: 'The account credit of a client.',
  capability: 'accountCredit',
  request: z.object({ clientId: hostId }),
  response: z.object({ money: moneyContext, balance: amount }),
});
