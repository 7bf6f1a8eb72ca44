import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostInvoice } from '../objects/invoice.ts';

/** An unpaid invoice was cancelled. */
export const invoiceCancelled = defineEvent({
  type: 'invoice.cancelled',
  nature: 'state',
  about: 'An unpaid invoice was cancelled.',
  data: z.object({ invoice: hostInvoice }),
});
