import type { Rules } from '../../pricing/formats/rules.ts';
import type { RuleChange } from '../../pricing/rule-changes.ts';
import type { changeInput } from './schemas.ts';
import type { z } from 'zod';

export type CsvKind = 'discount' | 'book' | 'floor';

/** The columns of each kind's file; `remove` with any text takes the rule of the line's id away. */
export const COLUMNS = {
  discount: ['id', 'reseller', 'tier', 'product', 'group', 'bp', 'kinds', 'from', 'until', 'remove'],
  book: [
    'id',
    'reseller',
    'tier',
    'product',
    'component',
    'term',
    'currency',
    'price',
    'setup',
    'from',
    'until',
    'remove',
  ],
  floor: [
    'id',
    'product',
    'group',
    'component',
    'term',
    'currency',
    'min_price',
    'min_setup',
    'over_cost_bp',
    'remove',
  ],
} as const;

type Fields = Record<string, string>;
type Rule = Rules['discounts'][number] | Rules['books'][number] | Rules['floors'][number];

/** A line as a change; what does not fit is left for the schema to refuse. */
export function changeOfLine(kind: CsvKind, fields: Fields): z.input<typeof changeInput> {
  const text = (name: string) => fields[name] || null;
  const id = text('id') ?? undefined;
  if (text('remove')) return { kind, id, after: null } as never;
  const on = {
    ...(text('product') ? { product: text('product') } : {}),
    ...(text('group') ? { group: text('group') } : {}),
  };
  const holder = {
    ...(text('reseller') ? { reseller: text('reseller') } : {}),
    ...(text('tier') ? { tier: text('tier') } : {}),
  };
  const period = { from: text('from'), until: text('until') };
  const whole = (name: string) => (text(name) === null ? null : Number(text(name)));
  const cell = { component: text('component'), term: text('term'), currency: text('currency') };
  const after = {
    discount: { for: holder, on, bp: whole('bp'), kinds: text('kinds')?.split(' ') ?? null, ...period },
    book: { for: holder, product: text('product'), ...cell, price: text('price'), setup: text('setup'), ...period },
    floor: { on, ...cell, minPrice: text('min_price'), minSetup: text('min_setup'), overCostBp: whole('over_cost_bp') },
  }[kind];
  return { kind, id, after } as never;
}

/** A rule as the fields of a line. */
export function lineOfRule(rule: Rule): Record<string, string | number | null> {
  const holder: { reseller?: string; tier?: string } = 'for' in rule ? rule.for : {};
  const on = 'on' in rule ? rule.on : { product: rule.product };
  const common = {
    id: rule.id,
    reseller: holder.reseller ?? null,
    tier: holder.tier ?? null,
    product: 'product' in on ? on.product : null,
    group: 'group' in on ? on.group : null,
  };
  if ('bp' in rule) {
    const { bp, kinds, from, until } = rule;
    return { ...common, bp, kinds: kinds?.join(' ') ?? null, from, until };
  }
  const { component, term, currency } = rule;
  if ('minPrice' in rule) {
    const floor = { min_price: rule.minPrice, min_setup: rule.minSetup, over_cost_bp: rule.overCostBp };
    return { ...common, component, term, currency, ...floor };
  }
  return {
    ...common,
    component,
    term,
    currency,
    price: rule.price,
    setup: rule.setup,
    from: rule.from,
    until: rule.until,
  };
}

/** The column that a place in a rule is from: /after/for/tier is "tier". */
export function columnOf(path: string): string {
  const name = path.split('/').findLast((step) => step !== '' && !/^\d+$/.test(step)) ?? '';
  const columns: Record<string, string> = { minPrice: 'min_price', minSetup: 'min_setup', overCostBp: 'over_cost_bp' };
  if (name === 'for') return 'reseller';
  if (name === 'on') return 'product';
  return columns[name] ?? (name === 'after' ? '' : name);
}

/** Names a change for looking up its line. */
export function changeKey({ kind, id }: Pick<RuleChange, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
