import type { Catalogue, Product } from './formats/catalogue.ts';
import type { PriceListRow, Warning } from './formats/price-list.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Floor, Rules } from './formats/rules.ts';
import { isOn } from './scope.ts';

/** The warning of a row that the cap brought back to retail (rule 12). */
export function capWarning({ product, component, term, currency, charge, retail }: PriceListRow): Warning {
  const message = `The rules give more than retail; ${retail} ${currency} is charged because of the cap.`;
  return { code: 'retail_cap', product, component, term, currency, charge, message };
}

/** An own rate that wins although the tier would give more (rule 13). */
export function ownRateWarning(rules: Rules, reseller: Reseller): Warning | null {
  const tierBp = rules.tiers.find(({ id }) => id === reseller.tier)?.discountBp ?? null;
  if (reseller.discountBp === null || tierBp === null || reseller.discountBp >= tierBp) return null;
  const message = `The own rate of ${reseller.discountBp} bp wins over the tier's ${tierBp} bp.`;
  return { code: 'own_rate_below_tier', message };
}

/** Currencies in which products are sold without a floor although they have one in another currency (rule 22). */
export function missingFloorWarnings(catalogue: Catalogue, rules: Rules): Warning[] {
  const floors = rules.floors.filter(setsAnything);
  if (floors.length === 0) return [];
  const products = new Map<string, number>();
  for (const product of catalogue.products) {
    if (!product.offered) continue;
    const sold = soldCurrencies(product);
    const held = new Set(floors.filter(({ on }) => isOn(on, product)).map(({ currency }) => currency));
    if (![...sold].some((code) => held.has(code))) continue;
    for (const code of sold) {
      if (!held.has(code)) products.set(code, (products.get(code) ?? 0) + 1);
    }
  }
  return catalogue.currencies.flatMap(({ code: currency }) => {
    const count = products.get(currency);
    if (count === undefined) return [];
    const message = `${count} product(s) have a floor in another currency but none in ${currency}.`;
    return [{ code: 'floor_missing' as const, currency, products: count, message }];
  });
}

function soldCurrencies(product: Product): Set<string> {
  const cells = product.components.flatMap(({ prices }) => prices);
  return new Set(cells.filter(({ price }) => price !== null).map(({ currency }) => currency));
}

function setsAnything({ minPrice, minSetup, overCostBp }: Floor): boolean {
  return minPrice !== null || minSetup !== null || overCostBp !== null;
}
