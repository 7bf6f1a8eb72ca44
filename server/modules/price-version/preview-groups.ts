import { canonicalJson } from '../../pricing/canonical-json.ts';
import { applyChanges, type RuleChange } from '../../pricing/rule-changes.ts';
import type { CatalogueMeta, Product } from '../../pricing/formats/catalogue.ts';
import { changeBp, compareProduct, type ComparedCharge } from '../../pricing/inspect-product.ts';
import { formatAmount } from '../../money.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import type { Timeline } from '../price-list/timeline.ts';
import { type ResellerTerms, StackMaker } from '../price-list/wanted-segments.ts';
import type { LargestChange } from './schemas.ts';

/** Resellers whose prices change in the same way: one rule set before, one after. */
export interface PreviewGroup {
  number: number;
  before: RuleStack;
  after: RuleStack;
  resellers: string[];
}

/** Groups the resellers whose rules these changes move. The others are not looked at any further. */
export function groupResellers(
  timeline: Timeline,
  changes: readonly RuleChange[],
  terms: ResellerTerms[],
  moment: Date,
): PreviewGroup[] {
  const { rules } = timeline.at(moment);
  const changed = applyChanges(rules, changes);
  const old = new StackMaker({ at: () => ({ rules, until: null }), last: rules });
  const next = new StackMaker({ at: () => ({ rules: changed, until: null }), last: changed });
  const groups = new Map<string, PreviewGroup>();
  for (const each of terms) {
    const before = old.at(each, moment);
    const after = next.at(each, moment);
    if (before.ruleSet === after.ruleSet) continue;
    const key = `${before.ruleSet} ${after.ruleSet}`;
    const group = groups.get(key) ?? { number: groups.size, before: before.stack, after: after.stack, resellers: [] };
    groups.set(key, group);
    group.resellers.push(each.id);
  }
  return [...groups.values()];
}

/** The lines of a product in a group, charge by charge; null when nothing of the rules that reach it changes. */
export function comparedLines(meta: CatalogueMeta, product: Product, group: PreviewGroup): ComparedCharge[] | null {
  const before = stackSlice(group.before, product);
  const after = stackSlice(group.after, product);
  if (canonicalJson(before) === canonicalJson(after)) return null;
  return compareProduct(meta, product, before, after);
}

/** The figures of some lines. Basis points of the price before; `over` counts lines that change by more than the limit. */
export interface LineFigures {
  up: number;
  down: number;
  same: number;
  atFloor: number;
  belowFloor: number;
  belowCost: number;
  over: number;
  largestBp: number;
  largest: LargestChange | null;
}

export const noFigures = (): LineFigures => ({
  up: 0,
  down: 0,
  same: 0,
  atFloor: 0,
  belowFloor: 0,
  belowCost: 0,
  over: 0,
  largestBp: 0,
  largest: null,
});

/** Counts the lines of a product. Flags speak of the prices after the change. */
export function countLines(product: string, lines: readonly ComparedCharge[], limitBp: number): LineFigures {
  const figures = noFigures();
  for (const { component, term, currency, charge, before, after } of lines) {
    if (!before || !after) continue;
    const bp = changeBp(before.wholesale, after.wholesale);
    if (before.wholesale < after.wholesale) figures.up += 1;
    else if (before.wholesale > after.wholesale) figures.down += 1;
    else figures.same += 1;
    if (after.adjusted === 'floor') figures.atFloor += 1;
    if (after.belowFloor) figures.belowFloor += 1;
    if (after.belowCost) figures.belowCost += 1;
    if (Math.abs(bp) > limitBp) figures.over += 1;
    if (Math.abs(bp) <= Math.abs(figures.largestBp)) continue;
    figures.largestBp = bp;
    figures.largest = {
      product,
      component,
      term,
      currency,
      charge,
      before: formatAmount(before.wholesale, before.digits),
      after: formatAmount(after.wholesale, after.digits),
    };
  }
  return figures;
}

/** Adds the figures of some lines to others, `times` for each reseller that has them. */
export function addFigures(to: LineFigures, from: LineFigures, times = 1): void {
  for (const field of ['up', 'down', 'same', 'atFloor', 'belowFloor', 'belowCost', 'over'] as const) {
    to[field] += from[field] * times;
  }
  if (Math.abs(from.largestBp) > Math.abs(to.largestBp)) {
    to.largestBp = from.largestBp;
    to.largest = from.largest;
  }
}
