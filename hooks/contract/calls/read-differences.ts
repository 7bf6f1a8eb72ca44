import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { currencyCode, hostId } from '../objects/primitives.ts';

/**
 * Something that the host holds otherwise than the bridge's own table of locks says. `expected` and `actual` are amounts
 * for one unit in the currency, counts for quantity_changed, words for status_changed.
 */
const hostDifference = z.object({
  kind: z.enum([
    /** The service would renew at another amount than its lock. */
    'recurring_changed',
    'quantity_changed',
    /** It was called cancelled by hand, while its lock holds. */
    'status_changed',
    /** The host no longer has the service. */
    'service_gone',
    /** It belongs to another client now, or is billed in another currency. */
    'service_moved',
    /** A line of an invoice charges another amount than its lock or order says. */
    'invoice_line_changed',
    'discount_on_invoice',
  ]),
  clientId: hostId,
  serviceId: hostId.nullable(),
  /** For differences on invoices. */
  invoiceId: hostId.optional(),
  lineId: hostId.optional(),
  /** True when that invoice was paid: it does not change any more. */
  paid: z.boolean().optional(),
  currency: currencyCode,
  expected: z.string().max(60).nullable(),
  actual: z.string().max(60).nullable(),
});

/** Only what differs between the host's rows and the bridge's own locks. The host looks through all of them by itself. */
export const readDifferences = defineCall({
  name: 'differences.read',
  about: 'Only what differs between the host’s rows and the bridge’s own locks. No cursor: from the beginning.',
  capability: 'differences',
  request: z.object({ cursor: z.string().max(200).optional() }),
  response: z.object({ differences: z.array(hostDifference), cursor: z.string().max(200).nullable() }),
});
