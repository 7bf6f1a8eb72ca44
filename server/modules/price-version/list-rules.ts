import { z } from 'zod';
import type { Rules } from '../../pricing/formats/rules.ts';
import { cursorPage, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { rulesOf } from './rules-of.ts';

const LISTS = { discount: 'discounts', book: 'books', floor: 'floors' } as const;
type Rule = Rules['discounts'][number] | Rules['books'][number] | Rules['floors'][number];

/**
 * The rules of one kind as they hold now, or as a draft or published version would have them, by id; a rule that the
 * version changes says so. Filters: whom it is for, the product or group it is on, the currency. @throws not_found
 */
export const listRules = verb({
  procedure: 'prices.rules',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({
    kind: z.enum(['discount', 'book', 'floor']),
    versionId: z.string().max(60).optional(),
    resellerId: z.string().max(60).optional(),
    tierId: z.string().max(60).optional(),
    product: z.string().max(500).optional(),
    group: z.string().max(500).optional(),
    currency: z.string().max(10).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(1000).default(200),
  }),
  run: async ({ em, now }, input) => {
    const { changes, rules } = await rulesOf({ em, now }, input.versionId);
    const edited = new Set(changes.filter(({ kind }) => kind === input.kind).map(({ id }) => id));
    const list: readonly Rule[] = rules[LISTS[input.kind]];
    const fits = list.filter((rule) => matches(rule, input)).toSorted((left, right) => (left.id < right.id ? -1 : 1));
    const after = readCursor(input.cursor)?.id ?? '';
    const found = fits.filter(({ id }) => id > after).slice(0, input.limit + 1);
    const page = cursorPage(found, input.limit, fits.length, ({ id }) => ({ key: id, id }));
    return {
      ...page,
      rows: page.rows.map((rule) => ({ kind: input.kind, id: rule.id, edited: edited.has(rule.id), rule })),
      programme: {
        discountBp: rules.discountBp,
        applyTo: rules.applyTo,
        capAtRetail: rules.capAtRetail,
        floorLiftsBooks: rules.floorLiftsBooks,
      },
      tiers: rules.tiers,
    };
  },
});

interface Filter {
  resellerId?: string | undefined;
  tierId?: string | undefined;
  product?: string | undefined;
  group?: string | undefined;
  currency?: string | undefined;
}

function matches(rule: Rule, { resellerId, tierId, product, group, currency }: Filter): boolean {
  const holder = 'for' in rule ? rule.for : {};
  const on = 'on' in rule ? rule.on : { product: rule.product };
  return (
    (resellerId === undefined || ('reseller' in holder && holder.reseller === resellerId)) &&
    (tierId === undefined || ('tier' in holder && holder.tier === tierId)) &&
    (product === undefined || ('product' in on && on.product === product)) &&
    (group === undefined || ('group' in on && on.group === group)) &&
    (currency === undefined || !('currency' in rule) || rule.currency === currency)
  );
}
