import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostId } from '../objects/primitives.ts';

/** How a client may pay; account credit is one of them where the host has it. */
export const listPaymentMethods = defineCall({
  name: 'paymentMethods.list',
  about: 'How a client may pay; account credit is one of them where the host has it.',
  capability: 'paymentMethods',
  request: z.object({ clientId: hostId }),
  response: z.object({ methods: z.array(z.object({ id: hostId, title: z.string().max(100), credit: z.boolean() })) }),
});
