import { defineEntity, p } from '@mikro-orm/core';

export const TierSchema = defineEntity({
  name: 'Tier',
  tableName: 'tier',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    position: p.integer(),
    /** Basis points off retail; null inherits the programme's rate. */
    discountBp: p.integer().nullable(),
    version: p.integer().version(),
  },
});
export class Tier extends TierSchema.class {}
TierSchema.setClass(Tier);
