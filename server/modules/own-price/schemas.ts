import { z } from 'zod';
import { amount, currencyCode, hostId, term } from '../../../hooks/contract/index.ts';
import { OWN_ENDINGS, OWN_METHODS } from '../../pricing/own-price.ts';

/** A rule as it is sent: without an id it is new. Basis points and decimal text as `OwnRule` says. */
export const ownRuleInput = z
  .object({
    id: z.string().max(60).optional(),
    product: hostId.nullable().default(null),
    component: z.string().max(120).nullable().default(null),
    group: hostId.nullable().default(null),
    term: term.nullable().default(null),
    currency: currencyCode.nullable().default(null),
    method: z.enum(OWN_METHODS),
    bp: z.int().min(-10_000).max(1_000_000).nullable().default(null),
    amount: amount.nullable().default(null),
    setup: amount.nullable().default(null),
    ending: z.enum(OWN_ENDINGS).nullable().default(null),
  })
  .superRefine((rule, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const typed = rule.method === 'fixed' || rule.method === 'difference';
    if (rule.product !== null && rule.group !== null) say('group', 'name a product or a group, not both');
    if (rule.component !== null && rule.product === null) say('product', 'name the product of the component');
    if (typed && rule.currency === null) say('currency', 'an amount needs its currency');
    if (typed && rule.amount === null && rule.setup === null) say('amount', 'enter an amount');
    if (rule.method === 'fixed' && rule.component === null) say('component', 'a fixed price is for one component');
    if (rule.method === 'fixed' && rule.term === null) say('term', 'a fixed price is for one term');
    if (!typed && rule.bp === null) say('bp', 'enter a percentage');
    if (rule.method === 'markup' && (rule.bp ?? 0) < 0) say('bp', 'a markup is not below zero');
    if (rule.method === 'margin' && ((rule.bp ?? 0) < 0 || (rule.bp ?? 0) > 9_900)) {
      say('bp', 'a margin is from 0 to 99 % of your price');
    }
  });
export type OwnRuleInput = z.output<typeof ownRuleInput>;
