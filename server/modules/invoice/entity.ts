import { defineEntity, p } from '@mikro-orm/core';
import type { HostInvoice, InvoiceLine } from '../../../hooks/contract/index.ts';

export const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoice',
  properties: {
    hostInvoiceId: p.string().primary(),
    resellerId: p.string(),
    number: p.string(),
    hostOrderId: p.string().nullable(),
    status: p.string().$type<HostInvoice['status']>(),
    currency: p.string(),
    total: p.string(),
    dueOn: p.date().nullable(),
    issuedAt: p.datetime().nullable(),
    paidAt: p.datetime().nullable(),
    lines: p.json<InvoiceLine[]>(),
    hostVersion: p.bigint('number').default(0),
  },
});
/** A reseller's invoice as the host last reported it. */
export class Invoice extends InvoiceSchema.class {}
InvoiceSchema.setClass(Invoice);
