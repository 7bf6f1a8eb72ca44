import { defineEntity, p } from '@mikro-orm/core';
import type { Catalogue, CatalogueDisplay, CatalogueProduct } from '../../../hooks/contract/index.ts';

export const CatalogueSchema = defineEntity({
  name: 'CatalogueHead',
  tableName: 'catalogue',
  properties: {
    id: p.integer().primary(),
    catalogueTax: p.string().$type<Catalogue['catalogueTax']>(),
    setupPerQuantity: p.boolean(),
    currencies: p.json<Catalogue['currencies']>(),
    groups: p.json<CatalogueDisplay['groups']>(),
    readAt: p.datetime(),
  },
});
/** What holds for the host's whole catalogue, as last read: one row. */
export class CatalogueHead extends CatalogueSchema.class {}
CatalogueSchema.setClass(CatalogueHead);

export const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'catalogue_product',
  properties: {
    id: p.string().primary(),
    groupId: p.string(),
    offered: p.boolean(),
    product: p.json<CatalogueProduct>(),
    display: p.json<CatalogueDisplay['products'][number]>().nullable(),
    hash: p.string(),
    position: p.integer(),
    removedAt: p.datetime().nullable(),
  },
});
/** One product of the host's catalogue, as last read. */
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);
