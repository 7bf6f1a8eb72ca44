import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostInvoice, refundFact } from '../objects/invoice.ts';

/** Money of a paid invoice went back, whole or in part; a chargeback too. */
export const invoiceRefunded = defineEvent({
  type: 'invoice.refunded',
  nature: 'fact',
  about: 'Money of a paid invoice went back, whole or in part; a chargeback too.',
  data: z.object({ invoice: hostInvoice, refund: refundFact }),
});
