import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostInvoice } from '../objects/invoice.ts';
import { hostId } from '../objects/primitives.ts';

/** Makes and sends the one invoice of an order at its pinned prices; answers the existing one if there is one. */
export const issueInvoice = defineCall({
  name: 'invoices.issue',
  about: 'Makes and sends the one invoice of an order at its pinned prices; answers the existing one if there is one.',
  capability: null,
  request: z.object({ orderId: hostId, reference: z.string().min(4).max(120), paymentMethod: hostId.nullable() }),
  response: z.object({ invoice: hostInvoice }),
});
