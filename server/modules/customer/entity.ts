import { defineEntity, p } from '@mikro-orm/core';

export const CustomerSchema = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    name: p.string(),
    company: p.string().nullable(),
    email: p.string(),
    externalReference: p.string().nullable(),
    /** The host's client that it was before, for imported ones. */
    hostClientId: p.string().nullable(),
    status: p.string().$type<'active' | 'archived'>(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
export class Customer extends CustomerSchema.class {}
CustomerSchema.setClass(Customer);
