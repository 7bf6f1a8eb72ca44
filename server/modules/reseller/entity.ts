import { defineEntity, p } from '@mikro-orm/core';
import { Tier } from '../tier/entity.ts';
import type { ResellerStatus } from './schemas.ts';

export const ResellerSchema = defineEntity({
  name: 'Reseller',
  tableName: 'reseller',
  properties: {
    id: p.string().primary(),
    hostClientId: p.string(),
    company: p.string(),
    email: p.string(),
    currency: p.string(),
    tier: () => p.manyToOne(Tier),
    /** Basis points off retail; null inherits from tier or programme (pricing.md rule 8). */
    ownDiscountBp: p.integer().nullable(),
    status: p.string().$type<ResellerStatus>(),
    publicReason: p.string().nullable(),
    /** Since when the status holds; null = since creation. */
    statusSince: p.datetime().nullable(),
    /** Terminated: the day from which renewals cost retail; null = locks hold for as long as the services run. */
    locksEndOn: p.date().nullable(),
    anonymisedAt: p.datetime().nullable(),
    apiEnabled: p.boolean(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
export class Reseller extends ResellerSchema.class {}
ResellerSchema.setClass(Reseller);
