import type { CellPrice } from '../../hooks/prices/lookup.ts';
import { minorUnits, powerOfTen } from '../../hooks/prices/money.ts';
import { divideHalfAway, divideUp } from '../../hooks/prices/round.ts';
import { type LineSum, sumLine } from '../../hooks/prices/sum.ts';
import type { Charge } from './kinds.ts';

/**
 * How a reseller makes its own price: a part on top of wholesale, a part of its own price, from retail, an amount on top
 * of wholesale, or typed.
 */
export const OWN_METHODS = ['markup', 'margin', 'retail', 'difference', 'fixed'] as const;
export type OwnMethod = (typeof OWN_METHODS)[number];

/**
 * What an own price is rounded up to: whole units, x.90, x.99, or a multiple of five units. A currency without digits has
 * no x.90; there only multiples of five act.
 */
export const OWN_ENDINGS = ['00', '90', '99', '5'] as const;
export type OwnEnding = (typeof OWN_ENDINGS)[number];

/**
 * One rule of a reseller's own price list. Null fields hold for everything. `bp`: markup on wholesale, margin of the own
 * price (below 10000), or what is added to retail (may be negative); basis points. `amount` and `setup`: amounts as
 * decimal text for fixed and difference, null = the next rule is tried.
 */
export interface OwnRule {
  readonly id: string;
  readonly product: string | null;
  readonly component: string | null;
  readonly group: string | null;
  readonly term: string | null;
  readonly currency: string | null;
  readonly method: OwnMethod;
  readonly bp: number | null;
  readonly amount: string | null;
  readonly setup: string | null;
  readonly ending: OwnEnding | null;
}

/** A charge with what it costs the reseller and at retail, in minor units of `digits` digits. */
export interface OwnCharge {
  readonly product: string;
  readonly group: string;
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly charge: Charge;
  readonly digits: number;
  readonly wholesale: bigint;
  readonly retail: bigint;
}

/** An own price in minor units, and the rule it is from. */
export interface OwnPrice {
  readonly amount: bigint;
  readonly rule: string;
  readonly method: OwnMethod;
}

const WHOLE = 10_000n;

/**
 * The reseller's own price of a charge: by the closest rule that covers it, always from wholesale or retail and never from
 * an own price, so that nothing compounds. Null when no rule covers it: absent is not zero, and not retail.
 */
export function ownPriceOf(rules: readonly OwnRule[], charge: OwnCharge): OwnPrice | null {
  let best: { rule: OwnRule; amount: bigint } | null = null;
  for (const rule of rules) {
    if (best !== null && closeness(rule) <= closeness(best.rule)) continue;
    if (!covers(rule, charge)) continue;
    const amount = amountBy(rule, charge);
    if (amount !== null) best = { rule, amount };
  }
  return best === null ? null : { amount: best.amount, rule: best.rule.id, method: best.rule.method };
}

/** What is closer wins: component, product, group, everything; then the one with a term, then the one with a currency. */
function closeness({ product, component, group, term, currency }: OwnRule): number {
  const scope = component !== null ? 3 : product !== null ? 2 : group !== null ? 1 : 0;
  return scope * 4 + (term === null ? 0 : 2) + (currency === null ? 0 : 1);
}

function covers(rule: OwnRule, charge: OwnCharge): boolean {
  return (
    (rule.product === null || rule.product === charge.product) &&
    (rule.component === null || rule.component === charge.component) &&
    (rule.group === null || rule.group === charge.group) &&
    (rule.term === null || rule.term === charge.term) &&
    (rule.currency === null || rule.currency === charge.currency)
  );
}

function amountBy(rule: OwnRule, { charge, digits, wholesale, retail }: OwnCharge): bigint | null {
  if (rule.method === 'fixed') {
    const text = charge === 'price' ? rule.amount : rule.setup;
    return text === null ? null : minorUnits(text, digits);
  }
  if (rule.method === 'difference') {
    const text = charge === 'price' ? rule.amount : rule.setup;
    const added = text === null ? null : minorUnits(text, digits);
    return added === null ? null : withEnding(notNegative(wholesale + added), rule.ending, digits);
  }
  const bp = BigInt(rule.bp ?? 0);
  const exact = {
    markup: () => divideHalfAway(wholesale * (WHOLE + bp), WHOLE),
    // Rounded up: a margin is at least what was asked for.
    margin: () => divideUp(wholesale * WHOLE, WHOLE - bp),
    retail: () => divideHalfAway(retail * (WHOLE + bp), WHOLE),
  }[rule.method]();
  return withEnding(notNegative(exact), rule.ending, digits);
}

function notNegative(minor: bigint): bigint {
  return minor < 0n ? 0n : minor;
}

/** The next amount, itself included, that ends as wanted. Nothing stays nothing. */
function withEnding(minor: bigint, ending: OwnEnding | null, digits: number): bigint {
  if (ending === null || minor === 0n) return minor;
  const unit = powerOfTen(digits);
  if (ending === '5') return divideUp(minor, unit * 5n) * unit * 5n;
  if (digits === 0) return minor;
  const tail = ending === '00' ? 0n : (unit * BigInt(ending)) / 100n;
  return divideUp(minor - tail, unit) * unit + tail;
}

/** A line of an order as the reseller sells it, in minor units. */
export interface OwnLine extends LineSum {
  readonly parts: readonly { readonly component: string; readonly unit: bigint }[];
}

/** What an order line is made of: its product, the compiled prices of its term and currency, and what was chosen. */
export interface LineToSell {
  readonly product: string;
  readonly group: string;
  readonly term: string;
  readonly currency: string;
  readonly digits: number;
  readonly quantity: number;
  readonly setupPerQuantity: boolean;
  readonly cells: ReadonlyMap<string, CellPrice>;
  readonly parts: readonly { readonly component: string; readonly quantity: number }[];
}

/**
 * The reseller's own price of an order line: the sum of its components, as wholesale is summed (rule 3). Null as soon as
 * one of them has none. Margin is this less wholesale.
 */
export function ownLineOf(rules: readonly OwnRule[], line: LineToSell): OwnLine | null {
  if (rules.length === 0) return null;
  const sums = [];
  const parts = [];
  for (const { component, quantity } of line.parts) {
    const cell = line.cells.get(component);
    if (cell === undefined) return null;
    const price = ownPriceOf(rules, { ...line, component, charge: 'price', ...cell.price });
    const setup =
      cell.setup === null ? null : ownPriceOf(rules, { ...line, component, charge: 'setup', ...cell.setup });
    if (price === null || (cell.setup !== null && setup === null)) return null;
    sums.push({ price: price.amount, setup: setup?.amount ?? 0n, quantity });
    parts.push({ component, unit: price.amount });
  }
  return { ...sumLine(sums, line.quantity, line.setupPerQuantity), parts };
}

/** What the reseller keeps, and how much of its own price that is in basis points; null of nothing. */
export function marginOf(own: bigint, wholesale: bigint): { amount: bigint; bp: number | null } {
  const amount = own - wholesale;
  return { amount, bp: own === 0n ? null : Number((amount * WHOLE) / own) };
}
