import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorUnits, parseDecimal } from '../../hooks/prices/money.ts';
import { MOMENT, catalogues, orders, resellers, ruleSets } from './testing/arbitrary-inputs.ts';
import { compileProduct, type Chunk } from './compile-product.ts';
import { compile } from './compile.ts';
import { PricingError } from './errors.ts';
import { explain } from './explain.ts';
import { floorAmounts, floorMatches } from './floor.ts';
import { parseCatalogue, type Catalogue, type Product } from './formats/catalogue.ts';
import { checkRules } from './formats/check-rules.ts';
import type { Order } from './formats/order.ts';
import type { Reseller } from './formats/reseller.ts';
import { parseRules, type Holder, type Rules } from './formats/rules.ts';
import { quote, quoteCatalogue } from './quote.ts';
import { ruleStack } from './rule-stack.ts';
import { isOn } from './scope.ts';
import { sliceKey } from './slice-key.ts';
import { stackSlice, type StackSlice } from './stack-slice.ts';

const DIGITS: Record<string, number> = { USD: 2, JPY: 0, KWD: 3 };

function units(amount: string, currency: string): bigint {
  return minorUnits(amount, DIGITS[currency] ?? 0) ?? -1n;
}

function holds(property: (catalogue: Catalogue, rules: Rules, reseller: Reseller) => void): void {
  fc.assert(fc.property(catalogues, ruleSets, resellers, property), { numRuns: 150 });
}

test('generated input passes every check of the formats', () => {
  holds((catalogue, rules) => {
    parseCatalogue(catalogue);
    parseRules(rules);
    checkRules(catalogue, rules);
  });
});

test('no price is ever negative, and with the cap on none is above retail', () => {
  holds((catalogue, rules, reseller) => {
    for (const row of compile(catalogue, rules, reseller, MOMENT).rows) {
      const wholesale = units(row.wholesale, row.currency);
      expect(wholesale >= 0n).toBe(true);
      if (rules.capAtRetail) expect(wholesale <= units(row.retail, row.currency)).toBe(true);
    }
  });
});

test('100 % off is exactly 0 for every charge without a fixed price or floor', () => {
  holds((catalogue, rules, reseller) => {
    const applyTo = { base: true, option: true, addon: true, domain: true, setup: true };
    const free = { ...rules, applyTo, discountBp: 10_000, tiers: [{ id: reseller.tier, discountBp: null }] };
    const list = compile(
      catalogue,
      { ...free, discounts: [], books: [], floors: [] },
      { ...reseller, discountBp: null },
      MOMENT,
    );
    for (const row of list.rows) expect(units(row.wholesale, row.currency)).toBe(0n);
  });
});

test('discounts never compound: an unadjusted price is retail less its own basis points, rounded once', () => {
  holds((catalogue, rules, reseller) => {
    for (const row of compile(catalogue, rules, reseller, MOMENT).rows) {
      if (row.bp === null || row.adjusted !== null) continue;
      const exact = units(row.retail, row.currency) * BigInt(10_000 - row.bp);
      const error = units(row.wholesale, row.currency) * 10_000n - exact;
      expect(error > -5_000n && error <= 5_000n).toBe(true);
    }
  });
});

test('no price is under a floor, except a fixed price that floors do not lift or a price at the cap', () => {
  holds((catalogue, rules, reseller) => {
    for (const row of compile(catalogue, rules, reseller, MOMENT).rows) {
      const product = catalogue.products.find(({ id }) => id === row.product);
      const component = product?.components.find(({ id }) => id === row.component);
      const cell = component?.prices.find(({ term, currency }) => term === row.term && currency === row.currency);
      if (product === undefined || cell === undefined) throw new Error('a row without a cell');
      if (row.adjusted === 'retail_cap' || (row.source.endsWith('_book') && !rules.floorLiftsBooks)) continue;
      for (const floor of rules.floors) {
        if (!isOn(floor.on, product) || !floorMatches(floor, row.component, cell)) continue;
        const amounts = floorAmounts(floor, cell, row.charge, DIGITS[row.currency] ?? 0);
        const wholesale = units(row.wholesale, row.currency);
        expect(wholesale >= (amounts.minimum ?? 0n)).toBe(true);
        const cost = row.charge === 'price' ? cell.priceCost : cell.setupCost;
        if (cost === null || floor.overCostBp === null) continue;
        const { units: costUnits, scale } = parseDecimal(cost);
        const needed = costUnits * BigInt(10_000 + floor.overCostBp) * 10n ** BigInt(DIGITS[row.currency] ?? 0);
        expect(wholesale * 10_000n * 10n ** BigInt(scale) >= needed).toBe(true);
      }
    }
  });
});

test('compiling twice gives the same bytes', () => {
  holds((catalogue, rules, reseller) => {
    const copy = structuredClone({ catalogue, rules, reseller });
    const first = JSON.stringify(compile(catalogue, rules, reseller, MOMENT));
    expect(JSON.stringify(compile(copy.catalogue, copy.rules, copy.reseller, MOMENT))).toBe(first);
    expect({ catalogue, rules, reseller }).toEqual(copy);
  });
});

test('the order of rules, products, components and prices changes nothing', () => {
  holds((catalogue, rules, reseller) => {
    const products = catalogue.products.toReversed().map((product) => ({
      ...product,
      components: product.components
        .toReversed()
        .map((component) => ({ ...component, prices: component.prices.toReversed() })),
    }));
    const turned: Rules = {
      ...rules,
      tiers: rules.tiers.toReversed(),
      discounts: rules.discounts.toReversed(),
      books: rules.books.toReversed(),
      floors: rules.floors.toReversed(),
    };
    const list = compile({ ...catalogue, products }, turned, reseller, MOMENT);
    expect(JSON.stringify(list)).toBe(JSON.stringify(compile(catalogue, rules, reseller, MOMENT)));
    for (const [index, product] of catalogue.products.toReversed().entries()) {
      expect(keyOf(catalogue, products[index] ?? product, turned, reseller)).toBe(
        keyOf(catalogue, product, rules, reseller),
      );
    }
  });
});

test('a list from shared chunks equals a list compiled from nothing, whichever reseller filled the store', () => {
  fc.assert(
    fc.property(catalogues, ruleSets, fc.array(resellers, { maxLength: 4 }), (catalogue, rules, several) => {
      const store = new Map<string, Chunk>();
      const stored = (product: Product, slice: StackSlice): Chunk => {
        const key = sliceKey(catalogue, product, slice);
        const chunk = store.get(key) ?? compileProduct(catalogue, product, slice);
        store.set(key, chunk);
        return chunk;
      };
      for (const reseller of several) {
        const shared = compile(catalogue, rules, reseller, MOMENT, stored);
        expect(shared).toEqual(compile(catalogue, rules, reseller, MOMENT));
      }
    }),
  );
});

test('two resellers with equal terms under other ids have equal slice keys and equal prices', () => {
  holds((catalogue, rules, reseller) => {
    const renamed: Rules = {
      ...rules,
      tiers: rules.tiers.map((tier) => ({ ...tier, id: rename(tier.id) })),
      discounts: rules.discounts.map((rule) => ({ ...rule, id: rename(rule.id), for: renameHolder(rule.for) })),
      books: rules.books.map((rule) => ({ ...rule, id: rename(rule.id), for: renameHolder(rule.for) })),
      floors: rules.floors.map((rule) => ({ ...rule, id: rename(rule.id) })),
    };
    const twin: Reseller = { ...reseller, id: rename(reseller.id), tier: rename(reseller.tier) };
    for (const product of catalogue.products) {
      expect(keyOf(catalogue, product, renamed, twin)).toBe(keyOf(catalogue, product, rules, reseller));
    }
    expect(compile(catalogue, renamed, twin, MOMENT).hash).toBe(compile(catalogue, rules, reseller, MOMENT).hash);
  });
});

test('every explanation ends at the compiled price, and its winner is the first level that matches', () => {
  holds((catalogue, rules, reseller) => {
    for (const row of compile(catalogue, rules, reseller, MOMENT).rows.slice(0, 12)) {
      const { product, component, term, currency, charge } = row;
      const trace = explain(catalogue, rules, reseller, MOMENT, { product, component, term, currency, charge });
      expect(trace).toMatchObject({ retail: row.retail, wholesale: row.wholesale, omitted: null });
      expect(trace.steps).toMatchObject({ source: row.source, rule: row.rule, bp: row.bp, adjusted: row.adjusted });
      expect(trace.steps?.levels.find(({ status }) => status !== 'no_match')?.status).toBe('won');
      expect(trace.steps?.floor.acted).toBe(
        row.adjusted === 'floor' || trace.steps?.floor.why === 'Held at the minimum price.',
      );
    }
  });
});

test('the sum of the lines is the total, and every line is its unit times its quantity', () => {
  fc.assert(
    fc.property(catalogues, ruleSets, resellers, orders, (catalogue, rules, reseller, order) => {
      const priced = quoteOrNull(catalogue, rules, reseller, order);
      if (priced === null) return;
      const minor = (text: string): bigint => units(text, order.currency);
      const recurring = new Map<string, bigint>();
      let due = 0n;
      for (const line of priced.lines) {
        expect(minor(line.price)).toBe(minor(line.unitPrice) * BigInt(line.quantity));
        expect(minor(line.unitPrice)).toBe(line.components.reduce((sum, each) => sum + minor(each.amount), 0n));
        due += minor(line.price) + minor(line.setup);
        if (line.term !== 'once') recurring.set(line.term, (recurring.get(line.term) ?? 0n) + minor(line.price));
      }
      expect(minor(priced.dueNow)).toBe(due);
      expect(Object.entries(priced.recurring).map(([term, text]) => [term, minor(text)])).toEqual(
        [...recurring].toSorted(([left], [right]) => (left < right ? -1 : 1)),
      );
    }),
    { numRuns: 400 },
  );
});

function rename(id: string): string {
  return `renamed-${id}`;
}

function renameHolder(holder: Holder) {
  return 'reseller' in holder ? { reseller: rename(holder.reseller) } : { tier: rename(holder.tier) };
}

function keyOf(catalogue: Catalogue, product: Product, rules: Rules, reseller: Reseller): string {
  return sliceKey(catalogue, product, stackSlice(ruleStack(rules, reseller, MOMENT).stack, product));
}

function quoteOrNull(catalogue: Catalogue, rules: Rules, reseller: Reseller, order: Order) {
  const { rows } = compile(catalogue, rules, reseller, MOMENT);
  try {
    return quote(
      quoteCatalogue(catalogue, (product) => rows.filter((row) => row.product === product)),
      order,
    );
  } catch (error) {
    if (error instanceof PricingError) return null;
    throw error;
  }
}
