import { defineEntity, p } from '@mikro-orm/core';
import type { OwnEnding, OwnMethod } from '../../pricing/own-price.ts';

export const OwnPriceRuleSchema = defineEntity({
  name: 'OwnPriceRule',
  tableName: 'own_price_rule',
  properties: {
    id: p.string().primary(),
    resellerId: p.string(),
    product: p.string().nullable(),
    component: p.string().nullable(),
    groupId: p.string().nullable(),
    term: p.string().nullable(),
    currency: p.string().nullable(),
    method: p.string().$type<OwnMethod>(),
    bp: p.integer().nullable(),
    amount: p.string().nullable(),
    setup: p.string().nullable(),
    ending: p.string().$type<OwnEnding>().nullable(),
    changedAt: p.datetime(),
  },
});
/** One rule of a reseller's own price list. */
export class OwnPriceRule extends OwnPriceRuleSchema.class {}
OwnPriceRuleSchema.setClass(OwnPriceRule);

export const OwnPriceListSchema = defineEntity({
  name: 'OwnPriceList',
  tableName: 'own_price_list',
  properties: {
    resellerId: p.string().primary(),
    heading: p.string().nullable(),
    note: p.string().nullable(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** The head of a reseller's own price list. Its version is that of the rules too. */
export class OwnPriceList extends OwnPriceListSchema.class {}
OwnPriceListSchema.setClass(OwnPriceList);
