import { defineEntity, p } from '@mikro-orm/core';
import type { InvoiceLine } from '../../../hooks/contract/index.ts';

export const LedgerSchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    kind: p.string().$type<'paid' | 'refunded'>(),
    hostInvoiceId: p.string(),
    hostLineId: p.string(),
    /** Payment or refund id of the host. */
    paymentId: p.string(),
    hostServiceId: p.string().nullable(),
    product: p.string().nullable(),
    occasion: p.string(),
    /** Kind of the invoice line; null for what was booked before it was kept. */
    lineKind: p.string().$type<InvoiceLine['kind']>().nullable(),
    currency: p.string(),
    /** Minor units, net; negative for refunds. */
    amount: p.bigint(),
    /** Day in the provider's billing zone. */
    day: p.date(),
    occurredAt: p.datetime(),
    bookedAt: p.datetime(),
  },
});
/** One booked fact: a line of an invoice that was paid, or refunded. Never changed. */
export class LedgerEntry extends LedgerSchema.class {}
LedgerSchema.setClass(LedgerEntry);
