import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostInvoice } from '../objects/invoice.ts';
import { hostId, moment } from '../objects/primitives.ts';

/** Invoices of the given clients, changed since a moment. */
export const listInvoices = defineCall({
  name: 'invoices.list',
  about: 'Invoices of the given clients, changed since a moment.',
  capability: null,
  request: z.object({
    clientIds: z.array(hostId).max(500),
    ids: z.array(hostId).max(500).optional(),
    since: moment.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  response: z.object({ invoices: z.array(hostInvoice), cursor: z.string().nullable() }),
});
