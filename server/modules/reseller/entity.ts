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
    apiEnabled: p.boolean(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
export class Reseller extends ResellerSchema.class {}
ResellerSchema.setClass(Reseller);
