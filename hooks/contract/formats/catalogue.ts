import { z } from 'zod';
import { amount, currencyCode, hostId, term } from '../objects/primitives.ts';

/** One price of a component in a term and currency; `price` null = not sold, `setup` null = no setup fee exists. */
export const componentPrice = z.object({
  term,
  currency: currencyCode,
  price: amount.nullable(),
  setup: amount.nullable(),
  priceCost: amount.nullable(),
  setupCost: amount.nullable(),
});

/** How an option component is chosen. */
export const componentOption = z.discriminatedUnion('type', [
  z.object({ id: hostId, type: z.literal('choice'), choice: z.string().max(120), required: z.boolean() }),
  z.object({ id: hostId, type: z.literal('quantity'), min: z.int().min(0), max: z.int().min(0) }),
  z.object({ id: hostId, type: z.literal('flag') }),
]);

/** A priced part of a product: the base, an option, an add-on, or a domain's register, renew and transfer. */
export const catalogueComponent = z.object({
  id: z.string().max(120),
  kind: z.enum(['base', 'option', 'addon', 'domain']),
  option: componentOption.optional(),
  prices: z.array(componentPrice).max(500),
});

export const catalogueProduct = z.object({
  id: hostId,
  group: hostId,
  offered: z.boolean(),
  components: z.array(catalogueComponent).max(500),
});
export type CatalogueProduct = z.infer<typeof catalogueProduct>;

/** catalogue/1 as it crosses the wire: retail prices of everything the host sells. */
export const catalogue = z.object({
  format: z.literal('catalogue/1'),
  catalogueTax: z.enum(['net', 'gross']),
  setupPerQuantity: z.boolean(),
  currencies: z.array(z.object({ code: currencyCode, digits: z.int().min(0).max(8) })),
  products: z.array(catalogueProduct),
});
export type Catalogue = z.infer<typeof catalogue>;
