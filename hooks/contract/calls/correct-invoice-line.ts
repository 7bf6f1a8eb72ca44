import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostInvoice } from '../objects/invoice.ts';
import { amount, hostId } from '../objects/primitives.ts';

/** Sets the unit price (and the quantity, if given) of one line of an invoice that is not paid. */
export const correctInvoiceLine = defineCall({
  name: 'invoices.correctLine',
  about: 'Sets the unit price (and the quantity, if given) of one line of an invoice that is not paid.',
  capability: null,
  request: z.object({
    invoiceId: hostId,
    lineId: hostId,
    unitPrice: amount,
    quantity: z.int().min(1).max(10_000).optional(),
    reason: z.string().max(300),
  }),
  response: z.object({ invoice: hostInvoice }),
});
