import { defineEntity, p } from '@mikro-orm/core';
import type { DraftContent } from './schemas.ts';

export const OrderDraftSchema = defineEntity({
  name: 'OrderDraft',
  tableName: 'order_draft',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    customerId: p.string().nullable(),
    content: p.json<DraftContent>(),
    /** For orders.place: the order with this key is what became of the draft. */
    idempotencyKey: p.string(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** An order that a reseller is putting together. Holds no price: those are quoted when it goes on. */
export class OrderDraft extends OrderDraftSchema.class {}
OrderDraftSchema.setClass(OrderDraft);
