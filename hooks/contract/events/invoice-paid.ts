import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostInvoice, paymentFact } from '../objects/invoice.ts';

/** The host calls the invoice paid. Part payments send nothing. */
export const invoicePaid = defineEvent({
  type: 'invoice.paid',
  nature: 'fact',
  about: 'The host calls the invoice paid. Part payments send nothing.',
  data: z.object({ invoice: hostInvoice, payment: paymentFact }),
});
