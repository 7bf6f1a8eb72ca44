import { canonicalDecimal, formatMinor, minorUnits } from '../../hooks/prices/money.ts';
import type { Product } from './formats/catalogue.ts';
import type { Reseller } from './formats/reseller.ts';
import type { Book, Discount, Holder, Rules } from './formats/rules.ts';
import { coveredKinds, type Charge, type ChargeKind } from './kinds.ts';
import { bookSource, discountSource, isFor, isOn } from './scope.ts';
import { SOURCES, type BookSource, type DiscountSource, type Source } from './sources.ts';
import { holdsAt, type Validity } from './validity.ts';

/** The charge that is explained. */
export interface ExplainedCharge {
  readonly product: Product;
  readonly component: string;
  readonly term: string;
  readonly currency: string;
  readonly digits: number;
  readonly charge: Charge;
  readonly kind: ChargeKind;
}

/** What one level of the precedence had to say: `won`, `outranked` by an earlier one, or `no_match`. */
export interface LevelTrace {
  readonly level: number;
  readonly source: Source;
  readonly status: 'won' | 'outranked' | 'no_match';
  readonly rule: string | null;
  readonly bp: number | null;
  readonly amount: string | null;
  readonly why: string;
}

type Finding = Pick<LevelTrace, 'rule' | 'bp' | 'amount' | 'why'> & { readonly matches: boolean };

/**
 * The ten levels of rule 7 for one charge. `winner` is the source that the compiled row carries: this only tells why,
 * it decides nothing.
 */
export function explainLevels(
  rules: Rules,
  reseller: Reseller,
  at: string,
  charge: ExplainedCharge,
  winner: Source,
): LevelTrace[] {
  const outranked = `Not used: level ${SOURCES.indexOf(winner) + 1} comes first.`;
  return SOURCES.map((source, index) => {
    const { matches, rule, bp, amount, why } = find(source, rules, reseller, at, charge);
    const status = source === winner ? 'won' : matches ? 'outranked' : 'no_match';
    const level = index + 1;
    return { level, source, status, rule, bp, amount, why: status === 'outranked' ? `${outranked} ${why}` : why };
  });
}

function find(source: Source, rules: Rules, reseller: Reseller, at: string, charge: ExplainedCharge): Finding {
  switch (source) {
    case 'reseller_book':
    case 'tier_book':
      return findBook(source, rules, reseller, at, charge);
    case 'reseller_product':
    case 'reseller_group':
    case 'tier_product':
    case 'tier_group':
      return findDiscount(source, rules, reseller, at, charge);
    case 'reseller_rate':
      return findRate(rules, charge, reseller.discountBp, reseller.id, "The reseller's own rate");
    case 'tier_rate': {
      const bp = rules.tiers.find(({ id }) => id === reseller.tier)?.discountBp ?? null;
      return findRate(rules, charge, bp, reseller.tier, "The tier's rate");
    }
    case 'programme_rate':
      return findRate(rules, charge, rules.discountBp, null, "The programme's rate");
    case 'retail':
      return { matches: true, rule: null, bp: null, amount: null, why: 'Retail, when nothing else matches.' };
  }
}

function findBook(source: BookSource, rules: Rules, reseller: Reseller, at: string, charge: ExplainedCharge): Finding {
  const cells = rules.books.filter(
    (book) =>
      bookSource(book.for) === source &&
      isFor(book.for, reseller) &&
      book.product === charge.product.id &&
      book.component === charge.component &&
      book.term === charge.term &&
      book.currency === charge.currency,
  );
  const hit = cells.find((book) => book[charge.charge] !== null && holdsAt(book, at));
  if (hit !== undefined) {
    const amount = formatMinor(minorUnits(hit[charge.charge] ?? '0', charge.digits) ?? 0n, charge.digits);
    return { matches: true, rule: hit.id, bp: null, amount, why: `The fixed amount of "${hit.id}".` };
  }
  const why = (book: Book): string =>
    book[charge.charge] === null
      ? `"${book.id}" leaves the ${charge.charge} empty, so it inherits`
      : outOfTime(book, at);
  return nothing(cells.map(why), `No price book of ${holderName(source)} has this cell.`);
}

function findDiscount(
  source: DiscountSource,
  rules: Rules,
  reseller: Reseller,
  at: string,
  charge: ExplainedCharge,
): Finding {
  const inScope = rules.discounts.filter(
    (rule) =>
      discountSource(rule.for, rule.on) === source && isFor(rule.for, reseller) && isOn(rule.on, charge.product),
  );
  const covers = (rule: Discount): boolean => coveredKinds(rule.kinds, rules.applyTo).includes(charge.kind);
  const hit = inScope.find((rule) => covers(rule) && holdsAt(rule, at));
  if (hit !== undefined) {
    return { matches: true, rule: hit.id, bp: hit.bp, amount: null, why: `"${hit.id}" gives ${percent(hit.bp)} off.` };
  }
  const why = (rule: Discount): string =>
    covers(rule) ? outOfTime(rule, at) : `"${rule.id}" does not cover the kind ${charge.kind}`;
  const scope = source.endsWith('product') ? 'this product' : `the group "${charge.product.group}"`;
  return nothing(inScope.map(why), `No discount for ${holderName(source)} on ${scope}.`);
}

function findRate(
  rules: Rules,
  charge: ExplainedCharge,
  bp: number | null,
  rule: string | null,
  name: string,
): Finding {
  if (bp === null) return nothing([], `${name} is empty, so it inherits.`);
  if (!rules.applyTo[charge.kind])
    return nothing([], `${name} of ${percent(bp)} does not apply to the kind ${charge.kind}.`);
  return { matches: true, rule, bp, amount: null, why: `${name} gives ${percent(bp)} off.` };
}

function nothing(reasons: readonly string[], none: string): Finding {
  const why = reasons.length === 0 ? none : `${reasons.join('; ')}.`;
  return { matches: false, rule: null, bp: null, amount: null, why };
}

function outOfTime(rule: Validity & { readonly id: string; readonly for: Holder }, at: string): string {
  return rule.from !== null && at < rule.from
    ? `"${rule.id}" begins only at ${rule.from}`
    : `"${rule.id}" ended at ${rule.until ?? ''}`;
}

function holderName(source: BookSource | DiscountSource): string {
  return source.startsWith('reseller') ? 'this reseller' : 'its tier';
}

/** Basis points in words: 1250 is "12.5 %". */
function percent(bp: number): string {
  return `${canonicalDecimal(formatMinor(BigInt(bp), 2))} %`;
}
