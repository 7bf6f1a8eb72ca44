import { canonicalDecimal, formatMinor } from '../../hooks/prices/money.ts';
import { PricingError } from './errors.ts';
import { evaluateCharge, evaluator, type EvaluatedCharge } from './evaluate-charge.ts';
import { explainLevels, type ExplainedCharge, type LevelTrace } from './explain-levels.ts';
import { floorAmounts, floorMatches } from './floor.ts';
import type { Catalogue, ComponentPrice } from './formats/catalogue.ts';
import type { OmissionReason } from './formats/price-list.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Rules } from './formats/rules.ts';
import { kindOfCharge, type Charge, type ChargeKind } from './kinds.ts';
import { readCell } from './omission.ts';
import { ruleStack } from './rule-stack.ts';
import { isOn } from './scope.ts';
import { stackSlice } from './stack-slice.ts';
import type { Adjustment, Source } from './sources.ts';

/** Names one charge of a catalogue. */
export interface ChargeName {
  readonly product: string;
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
}

/** A floor that speaks of the charge, with what it asks; `amount` is the larger of both. */
export interface FloorTrace {
  readonly rule: string;
  readonly minimum: string | null;
  readonly overCost: string | null;
}

/** How the amount came about: rule, rounding, floor, cap. */
export interface PriceSteps {
  readonly levels: readonly LevelTrace[];
  readonly source: Source;
  readonly rule: string | null;
  readonly bp: number | null;
  readonly rounding: { readonly exact: string; readonly rounded: string };
  readonly floor: {
    readonly amount: string | null;
    readonly rules: readonly FloorTrace[];
    readonly acted: boolean;
    readonly why: string;
  };
  readonly cap: { readonly on: boolean; readonly acted: boolean; readonly why: string };
  readonly adjusted: Adjustment | null;
}

/**
 * price-trace/1: why a charge costs what it costs. `omitted` says why it is not sold, then `retail`, `wholesale` and
 * `steps` are null.
 */
export interface PriceTrace extends ChargeName {
  readonly format: 'price-trace/1';
  readonly at: string;
  readonly validUntil: string | null;
  readonly reseller: string;
  readonly kind: ChargeKind;
  readonly omitted: OmissionReason | 'product_not_offered' | 'no_setup' | null;
  readonly retail: string | null;
  readonly wholesale: string | null;
  readonly steps: PriceSteps | null;
}

/**
 * Explains one charge with the same evaluation that compiles it. Throws PricingError unknown_product,
 * unknown_component, not_offered when the catalogue has no such product, component, or price in the term and currency.
 */
export function explain(
  catalogue: Catalogue,
  rules: Rules,
  reseller: Reseller,
  at: string,
  name: ChargeName,
): PriceTrace {
  const { product, component, cell } = findCharge(catalogue, name);
  const { stack, validUntil } = ruleStack(rules, reseller, at);
  const kind = kindOfCharge(component.kind, name.charge);
  const head = { format: 'price-trace/1' as const, at, validUntil, reseller: reseller.id, ...name, kind };
  const unsold = { retail: null, wholesale: null, steps: null };

  if (!product.offered) return { ...head, omitted: 'product_not_offered', ...unsold };
  const amounts = readCell(component, cell, catalogue.currencies.find(({ code }) => code === name.currency)?.digits);
  if (typeof amounts === 'string') return { ...head, omitted: amounts, ...unsold };
  const { digits, [name.charge]: retail } = amounts;
  if (retail === null) return { ...head, omitted: 'no_setup', ...unsold };

  const ready = evaluator(stackSlice(stack, product));
  const priced = evaluateCharge(ready, { component: component.id, cell, charge: name.charge, kind, retail, digits });
  const explained = { ...name, product, digits, kind };
  return {
    ...head,
    omitted: null,
    retail: formatMinor(retail, digits),
    wholesale: formatMinor(priced.wholesale, digits),
    steps: steps(rules, reseller, at, explained, cell, retail, priced),
  };
}

function findCharge(catalogue: Catalogue, name: ChargeName) {
  const product = catalogue.products.find(({ id }) => id === name.product);
  if (product === undefined) fail('unknown_product', `The catalogue has no product "${name.product}".`);
  const component = product.components.find(({ id }) => id === name.component);
  if (component === undefined) {
    const known = product.components.map(({ id }) => id).join(', ');
    const message = `"${name.product}" has no component "${name.component}": it has ${known}.`;
    fail('unknown_component', message);
  }
  const cell = component.prices.find(({ term, currency }) => term === name.term && currency === name.currency);
  if (cell === undefined) {
    const message = `"${name.component}" of "${name.product}" has no price for ${name.term} in ${name.currency}.`;
    fail('not_offered', message);
  }
  return { product, component, cell };
}

function fail(code: 'unknown_product' | 'unknown_component' | 'not_offered', message: string): never {
  throw new PricingError(code, 'arguments', '', message);
}

function steps(
  rules: Rules,
  reseller: Reseller,
  at: string,
  charge: ExplainedCharge,
  cell: ComponentPrice,
  retail: bigint,
  priced: EvaluatedCharge,
): PriceSteps {
  const { digits } = charge;
  const text = (minor: bigint): string => formatMinor(minor, digits);
  const levels = explainLevels(rules, reseller, at, charge, priced.source);
  const exact = priced.bp === null ? text(priced.ruled) : exactlyDiscounted(retail, priced.bp, digits);
  const capped = priced.adjusted === 'retail_cap';
  return {
    levels,
    source: priced.source,
    rule: levels.find(({ status }) => status === 'won')?.rule ?? null,
    bp: priced.bp,
    rounding: { exact, rounded: text(priced.ruled) },
    floor: {
      amount: priced.floor === null ? null : text(priced.floor),
      rules: floorTraces(rules, charge, cell),
      acted: priced.lifted,
      why: floorReason(priced),
    },
    cap: { on: rules.capAtRetail, acted: capped, why: capReason(rules.capAtRetail, capped) },
    adjusted: priced.adjusted,
  };
}

/** The discounted amount before rounding, as decimal text. */
function exactlyDiscounted(retail: bigint, bp: number, digits: number): string {
  return canonicalDecimal(formatMinor(retail * BigInt(10_000 - bp), digits + 4));
}

function floorTraces(rules: Rules, charge: ExplainedCharge, cell: ComponentPrice): FloorTrace[] {
  return rules.floors
    .filter((floor) => isOn(floor.on, charge.product) && floorMatches(floor, charge.component, cell))
    .map((floor) => {
      const { minimum, overCost } = floorAmounts(floor, cell, charge.charge, charge.digits);
      const text = (minor: bigint | null): string | null => (minor === null ? null : formatMinor(minor, charge.digits));
      return { rule: floor.id, minimum: text(minimum), overCost: text(overCost) };
    });
}

function floorReason({ floor, ruled, lifted }: EvaluatedCharge): string {
  if (floor === null) return 'No floor is set for this charge.';
  if (lifted) return 'Held at the minimum price.';
  return ruled < floor ? 'The floor does not lift fixed prices.' : 'The price is not below the floor.';
}

function capReason(on: boolean, capped: boolean): string {
  if (!on) return 'The cap at retail is off.';
  return capped ? 'Brought back to retail.' : 'The price is not above retail.';
}
