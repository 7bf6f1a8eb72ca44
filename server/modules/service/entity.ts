import { defineEntity, p } from '@mikro-orm/core';
import type { HostService, PriceLock as LockMessage } from '../../../hooks/contract/index.ts';

export const ServiceSchema = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    customerId: p.string().nullable(),
    orderId: p.string().nullable(),
    hostServiceId: p.string(),
    product: p.string(),
    title: p.string(),
    domain: p.string().nullable(),
    status: p.string().$type<HostService['status']>(),
    term: p.string(),
    currency: p.string(),
    quantity: p.integer(),
    /** What the host will invoice per unit and term, as last reported. */
    recurring: p.string().nullable(),
    nextDueOn: p.date().nullable(),
    hostVersion: p.bigint('number').default(0),
    createdAt: p.datetime(),
  },
});
export class Service extends ServiceSchema.class {}
ServiceSchema.setClass(Service);

export const PriceLockSchema = defineEntity({
  name: 'PriceLock',
  tableName: 'price_lock',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    hostServiceId: p.string(),
    product: p.string(),
    term: p.string(),
    currency: p.string(),
    quantity: p.integer(),
    unitPrice: p.string(),
    components: p.json<LockMessage['components']>(),
    listHash: p.string().nullable(),
    status: p.string().$type<LockMessage['status']>(),
    lockedAt: p.datetime(),
  },
});
/** The plugin's mirror of what a service's renewals cost (pricing.md rules 19 to 21). */
export class PriceLock extends PriceLockSchema.class {}
PriceLockSchema.setClass(PriceLock);
