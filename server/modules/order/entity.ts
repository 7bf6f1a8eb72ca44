import { defineEntity, p } from '@mikro-orm/core';
import type { OrderLine, OrderStatus, OrderVia } from './schemas.ts';

export const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'reseller_order',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    customerId: p.string().nullable(),
    number: p.bigint('number').autoincrement(),
    status: p.string().$type<OrderStatus>(),
    via: p.string().$type<OrderVia>(),
    currency: p.string(),
    digits: p.smallint(),
    tax: p.string().$type<'net' | 'gross'>(),
    dueNow: p.string(),
    lines: p.json<OrderLine[]>(),
    listHash: p.string().nullable(),
    pricedAt: p.datetime().nullable(),
    quoteId: p.string().nullable(),
    idempotencyKey: p.string().nullable(),
    requestHash: p.string().nullable(),
    paymentMethod: p.string().nullable(),
    note: p.string().nullable(),
    hostOrderId: p.string().nullable(),
    hostInvoiceId: p.string().nullable(),
    refusal: p.string().nullable(),
    attempts: p.integer().default(0),
    nextAttemptAt: p.datetime().nullable(),
    placedAt: p.datetime(),
    /** asked: the host is being asked to cancel it; done: it did. */
    cancelState: p.string().$type<'asked' | 'done'>().nullable(),
    cancelReason: p.string().nullable(),
    hostVersion: p.bigint('number').default(0),
    version: p.integer().version(),
  },
});
export class Order extends OrderSchema.class {}
OrderSchema.setClass(Order);
