import type { StoredChange } from '#lib/api/contract.ts';
import { formatDate } from '#lib/format/dates.ts';
import { currentLocale, t } from '#lib/messages/index.svelte.ts';
import { money, percent, termName } from '#lib/words.ts';
import type { Names } from './names.ts';
import { type DiscountRule, type FloorRule, isBook, isDiscount, isFloor } from './rule-kinds.ts';

/** The resellers that a page of rules speaks of. */
export const resellersIn = (rules: readonly object[]): string[] =>
  rules.flatMap((rule) => {
    const holder = (rule as Partial<DiscountRule>).for;
    return holder && 'reseller' in holder ? [holder.reseller] : [];
  });

/** The products that a page of rules speaks of. */
export const productsIn = (rules: readonly object[]): string[] =>
  rules.flatMap((rule) => {
    if (isBook(rule)) return [rule.product];
    const { on } = rule as Partial<FloorRule>;
    return on && 'product' in on && typeof on.product === 'string' ? [on.product] : [];
  });

export function holderName(rule: object, names: Names): string {
  const holder = (rule as Partial<DiscountRule>).for;
  if (!holder) return t('rules.everybody');
  return 'reseller' in holder
    ? names.reseller(holder.reseller)
    : t('pricing.tierNamed', { tier: names.tier(holder.tier) });
}

export function targetName(rule: object, names: Names): string {
  if (isBook(rule)) return `${names.product(rule.product)}, ${rule.component}, ${termName(rule.term)}`;
  const { on, component = null, term = null } = rule as Partial<FloorRule>;
  const line = [component, term && termName(term)].filter(Boolean).join(', ');
  if (on && 'product' in on && typeof on.product === 'string') {
    return line ? `${names.product(on.product)}, ${line}` : names.product(on.product);
  }
  if (on && 'group' in on && typeof on.group === 'string') return names.group(on.group);
  return t('rules.everything');
}

/** What a rule says: "22.5 % off", "Fixed at $7.00", "At least $5.00". */
export function ruleValue(rule: object): string {
  if (isDiscount(rule)) return t('discount.off', { percent: percent(rule.bp) });
  if (isBook(rule)) {
    const parts = [
      ...(rule.price === null ? [] : [t('rules.fixedAt', { amount: money(rule.price, rule.currency) })]),
      ...(rule.setup === null ? [] : [t('rules.setupAt', { amount: money(rule.setup, rule.currency) })]),
    ];
    return parts.join(', ');
  }
  if (isFloor(rule)) {
    const parts = [
      ...(rule.minPrice === null ? [] : [t('rules.atLeast', { amount: money(rule.minPrice, rule.currency) })]),
      ...(rule.minSetup === null ? [] : [t('rules.setupAtLeast', { amount: money(rule.minSetup, rule.currency) })]),
      ...(rule.overCostBp === null ? [] : [t('rules.overCost', { percent: percent(rule.overCostBp) })]),
    ];
    return `${parts.join(', ')} (${rule.currency})`;
  }
  const rate = (rule as { discountBp?: number | null }).discountBp;
  return rate === null || rate === undefined ? t('rules.inherits') : t('discount.off', { percent: percent(rate) });
}

export function rulePeriod(rule: object): string {
  const { from = null, until = null } = rule as { from?: string | null; until?: string | null };
  const day = (moment: string): string => formatDate(currentLocale(), moment);
  if (from && until) return t('rules.fromUntil', { from: day(from), until: day(until) });
  if (from) return t('rules.from', { from: day(from) });
  return until ? t('rules.until', { until: day(until) }) : t('rules.always');
}

/** A change of a version in one line, old and new. */
export function changeName(change: StoredChange, names: Names): string {
  const rule = change.after ?? change.before ?? {};
  if (change.kind === 'programme') return t('rules.programme');
  if (change.kind === 'tier') return t('pricing.tierNamed', { tier: names.tier(change.id) });
  return `${holderName(rule, names)}: ${targetName(rule, names)}`;
}
