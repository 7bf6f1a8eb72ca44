import { compareBytes } from '../../hooks/prices/byte-order.ts';
import { compileProduct, type Chunk } from './compile-product.ts';
import { sha256 } from './digest.ts';
import type { Catalogue, Product } from './formats/catalogue.ts';
import type { Omission, PriceList, PriceListRow } from './formats/price-list.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Rules } from './formats/rules.ts';
import { kindOfCharge, type ComponentKind } from './kinds.ts';
import { ruleIds } from './rule-ids.ts';
import { ruleStack } from './rule-stack.ts';
import { stackSlice, type StackSlice } from './stack-slice.ts';
import { capWarning, missingFloorWarnings, ownRateWarning } from './warnings.ts';

/** Gives the chunk of a product under a slice: compiles it, or takes it from where chunks are kept. */
export type ChunkSource = (product: Product, slice: StackSlice) => Chunk;

/**
 * Compiles the whole price list of a reseller at a moment (UTC). The inputs must have been checked: `parseCatalogue`,
 * `parseRules`, `checkRules`, `parseReseller`, `checkReseller`. The same inputs give the same list to the byte, and the
 * order of products, rules and prices in them does not matter.
 */
export function compile(
  catalogue: Catalogue,
  rules: Rules,
  reseller: Reseller,
  at: string,
  chunkOf: ChunkSource = (product, slice) => compileProduct(catalogue, product, slice),
): PriceList {
  const { stack, validUntil } = ruleStack(rules, reseller, at);
  const ruleIdOf = ruleIds(rules, reseller, at);
  const rows: PriceListRow[] = [];
  const omitted: Omission[] = [];
  for (const product of catalogue.products.toSorted((left, right) => compareBytes(left.id, right.id))) {
    const chunk = chunkOf(product, stackSlice(stack, product));
    const kinds = new Map<string, ComponentKind>(product.components.map(({ id, kind }) => [id, kind]));
    for (const row of chunk.rows) {
      const { component, term, currency, charge, retail, wholesale, source, bp, adjusted } = row;
      const kind = kindOfCharge(kinds.get(component) ?? 'base', charge);
      const rule = ruleIdOf(product, { source, component, term, currency, charge, kind });
      rows.push({
        product: product.id,
        component,
        term,
        currency,
        charge,
        retail,
        wholesale,
        source,
        rule,
        bp,
        adjusted,
      });
    }
    for (const omission of chunk.omitted) omitted.push({ product: product.id, ...omission });
  }
  const ownRate = ownRateWarning(rules, reseller);
  return {
    format: 'price-list/1',
    at,
    validUntil,
    reseller: reseller.id,
    hash: priceHash(rows),
    rows,
    omitted,
    warnings: [
      ...rows.filter(({ adjusted }) => adjusted === 'retail_cap').map(capWarning),
      ...(ownRate === null ? [] : [ownRate]),
      ...missingFloorWarnings(catalogue, rules),
    ],
  };
}

/** SHA-256 over the sorted rows: product, component, term, currency, charge and wholesale with tabs, a line each. */
export function priceHash(rows: readonly PriceListRow[]): string {
  const lines = rows.map(
    ({ product, component, term, currency, charge, wholesale }) =>
      `${product}\t${component}\t${term}\t${currency}\t${charge}\t${wholesale}\n`,
  );
  return sha256([lines.join('')]);
}
