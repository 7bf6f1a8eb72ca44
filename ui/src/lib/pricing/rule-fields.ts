import type { PriceChange } from '#lib/api/contract.ts';
import type { MessageKey } from '#lib/messages/index.svelte.ts';
import type { RuleKind } from './draft.ts';
import { readWho } from './explorer.ts';
import { isBook, isDiscount, isFloor, type DiscountRule, type Rule } from './rule-kinds.ts';

/** A rule while it is typed. Days are UTC days; `line` is "component term"; `bp` undefined cannot be read. */
export interface RuleFields {
  who: string;
  on: string;
  line: string;
  currency: string;
  bp: number | null | undefined;
  price: string | null;
  setup: string | null;
  from: string;
  until: string;
  /** What the screen does not show but must not lose. */
  kept: { kinds: DiscountRule['kinds']; component: string | null; term: string | null };
}

const dayOf = (moment: string | null): string => moment?.slice(0, 10) ?? '';
const momentOf = (day: string): string | null => (day ? `${day}T00:00:00Z` : null);

function targetOf(on: object): string {
  if ('product' in on) return `product:${String(on.product)}`;
  return 'group' in on ? `group:${String(on.group)}` : '';
}
const holderOf = (holder: DiscountRule['for']): string =>
  'reseller' in holder ? `reseller:${holder.reseller}` : `tier:${holder.tier}`;

export function fieldsOf(kind: RuleKind, rule: Rule | null, currency: string): RuleFields {
  const empty: RuleFields = {
    who: '',
    on: '',
    line: '',
    currency,
    bp: null,
    price: null,
    setup: null,
    from: '',
    until: '',
    kept: { kinds: null, component: null, term: null },
  };
  if (!rule) return empty;
  if (isFloor(rule)) {
    const { on, minPrice: price, minSetup: setup, overCostBp: bp, component, term } = rule;
    return {
      ...empty,
      on: targetOf(on),
      currency: rule.currency,
      price,
      setup,
      bp,
      ...(component !== null && term !== null
        ? { line: `${component} ${term}` }
        : { kept: { kinds: null, component, term } }),
    };
  }
  if (!isDiscount(rule) && !isBook(rule)) throw new TypeError(`There are no fields for ${kind}.`);
  const shared = { ...empty, who: holderOf(rule.for), from: dayOf(rule.from), until: dayOf(rule.until) };
  if (isDiscount(rule)) {
    return { ...shared, on: targetOf(rule.on), bp: rule.bp, kept: { ...empty.kept, kinds: rule.kinds } };
  }
  const { product, component, term, price, setup } = rule;
  return {
    ...shared,
    on: `product:${product}`,
    line: `${component} ${term}`,
    currency: rule.currency,
    price,
    setup,
  };
}

/** Why the rule cannot be saved yet. */
export function missingIn(kind: RuleKind, fields: RuleFields): MessageKey | null {
  if (kind !== 'floor' && !fields.who) return 'rules.missingWho';
  if (kind !== 'floor' && !fields.on) return 'rules.missingOn';
  if (kind === 'discount') return typeof fields.bp === 'number' ? null : 'rules.missingPercent';
  if (kind === 'book' && !fields.line) return 'rules.missingLine';
  if (fields.bp === undefined) return 'rules.missingPercent';
  const nothing = fields.price === null && fields.setup === null && (kind === 'book' || fields.bp === null);
  return nothing ? 'rules.missingAmount' : null;
}

function lineOf(line: string): { component: string; term: string } {
  const at = line.lastIndexOf(' ');
  return { component: line.slice(0, at), term: line.slice(at + 1) };
}

/** The rule as the service wants it; with an id it replaces that rule. */
export function changeOf(kind: RuleKind, fields: RuleFields, id: string | undefined): PriceChange {
  const { currency, price, setup } = fields;
  const [target, ...rest] = fields.on.split(':');
  const name = rest.join(':');
  const on = target === 'product' ? { product: name } : { group: name };
  const named = id === undefined ? {} : { id };
  if (kind === 'floor') {
    const { component, term } = fields.line ? lineOf(fields.line) : fields.kept;
    const amounts = { minPrice: price, minSetup: setup, overCostBp: fields.bp ?? null };
    return { kind, ...named, after: { on: fields.on ? on : {}, component, term, currency, ...amounts } };
  }
  const { resellerId, tierId } = readWho(fields.who);
  const holder = resellerId ? { reseller: resellerId } : { tier: tierId ?? '' };
  const period = { from: momentOf(fields.from), until: momentOf(fields.until) };
  if (kind === 'discount') {
    return { kind, ...named, after: { for: holder, on, bp: fields.bp ?? 0, kinds: fields.kept.kinds, ...period } };
  }
  const { component, term } = lineOf(fields.line);
  return { kind, ...named, after: { for: holder, product: name, component, term, currency, price, setup, ...period } };
}
