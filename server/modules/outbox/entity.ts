import { defineEntity, p } from '@mikro-orm/core';

export const OutboxSchema = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    sequence: p.bigint().primary().autoincrement(),
    /** Place in the order in which events were handed out; null until then. */
    position: p.bigint().nullable(),
    id: p.string(),
    type: p.string(),
    resellerId: p.string().nullable(),
    payload: p.json<Record<string, unknown>>(),
    createdAt: p.datetime(),
    publishedAt: p.datetime().nullable(),
  },
});
/** An event for the outside, written in the transaction of its cause. */
export class Outbox extends OutboxSchema.class {}
OutboxSchema.setClass(Outbox);
