import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostInvoice } from '../objects/invoice.ts';

/** An invoice was sent to the client; its lines do not change any more. */
export const invoiceIssued = defineEvent({
  type: 'invoice.issued',
  nature: 'state',
  about: 'An invoice was sent to the client; its lines do not change any more.',
  data: z.object({ invoice: hostInvoice }),
});
