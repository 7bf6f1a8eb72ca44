import { z } from 'zod';
import type { Product } from '../../pricing/formats/catalogue.ts';
import type { Book, Discount, Floor, Rules } from '../../pricing/formats/rules.ts';
import { inspectProduct, type InspectedCharge } from '../../pricing/inspect-product.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';
import { bookSource, discountSource, isOn } from '../../pricing/scope.ts';
import { stackSlice } from '../../pricing/stack-slice.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { readTerms, type ResellerTerms, StackMaker } from '../price-list/wanted-segments.ts';
import { rulesOf } from './rules-of.ts';

/** Prices worked out for one answer; a rule that would take more is not counted. */
const MOST_CHARGES = 400_000;

type Rule = Discount | Book | Floor;
const LISTS = { discount: 'discounts', book: 'books', floor: 'floors' } as const;

/**
 * What rules decide: for how many lines (a charge in a term and currency) each gives the price, or holds it as a floor, and
 * for how many resellers. A rule that has not begun is looked at when it begins. `lines` 0 is a rule that never wins:
 * others outrank it wherever it could hold; null is one that reaches too far to be counted. @throws not_found, prices_missing
 */
export const ruleReach = verb({
  procedure: 'prices.ruleReach',
  permission: 'prices:write',
  mode: 'read',
  input: z.object({
    kind: z.enum(['discount', 'book', 'floor']),
    ids: z.array(z.string().max(60)).min(1).max(100),
    versionId: z.string().max(60).optional(),
  }),
  run: async ({ em, now }, { kind, ids, versionId }) => {
    const catalogue = await loadCatalogue(em);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const { moment, rules } = await rulesOf({ em, now }, versionId);
    const wanted = new Set(ids);
    const count = new ReachCount(catalogue, rules, await readTerms(em, null));
    const list: readonly Rule[] = rules[LISTS[kind]];
    return {
      rows: list.filter(({ id }) => wanted.has(id)).map((rule) => ({ id: rule.id, ...count.of(rule, moment) })),
    };
  },
});

type Catalogue = NonNullable<Awaited<ReturnType<typeof loadCatalogue>>>;

class ReachCount {
  readonly #catalogue: Catalogue;
  readonly #resellers: readonly ResellerTerms[];
  readonly #maker: StackMaker;
  readonly #prices = new Map<string, InspectedCharge[]>();
  #left = MOST_CHARGES;

  constructor(catalogue: Catalogue, rules: Rules, resellers: readonly ResellerTerms[]) {
    this.#catalogue = catalogue;
    this.#resellers = resellers;
    this.#maker = new StackMaker({ at: () => ({ rules, until: null }), last: rules });
  }

  of(rule: Rule, now: Date): { lines: number | null; resellers: number | null; over: boolean } {
    const { from = null, until = null } = rule as Partial<Discount>;
    if (until !== null && new Date(until) <= now) return { lines: 0, resellers: 0, over: true };
    const moment = from !== null && new Date(from) > now ? new Date(from) : now;
    const hit = new Set<string>();
    let resellers = 0;
    for (const { stack, ruleSet, size } of this.#groups(rule, moment)) {
      let any = false;
      for (const product of this.#products(rule)) {
        const prices = this.#pricesOf(product, stack, `${ruleSet} ${product.id}`);
        if (prices === null) return { lines: null, resellers: null, over: false };
        for (const line of prices) {
          if (!decides(rule, line)) continue;
          any = true;
          hit.add(`${product.id}\t${line.component}\t${line.term}\t${line.currency}\t${line.charge}`);
        }
      }
      if (any) resellers += size;
    }
    return { lines: hit.size, resellers, over: false };
  }

  /** Those it is for, by equal rules; of a tier without resellers the tier itself. */
  #groups(rule: Rule, moment: Date): { stack: RuleStack; ruleSet: string; size: number }[] {
    const groups = new Map<string, { stack: RuleStack; ruleSet: string; size: number }>();
    const add = (terms: ResellerTerms, size: number): void => {
      const { stack, ruleSet } = this.#maker.at(terms, moment);
      const held = groups.get(ruleSet);
      if (held) held.size += size;
      else groups.set(ruleSet, { stack, ruleSet, size });
    };
    const holder = 'for' in rule ? rule.for : null;
    for (const each of this.#resellers) {
      const fits = !holder || ('reseller' in holder ? holder.reseller === each.id : holder.tier === each.tier_id);
      if (fits) add(each, 1);
    }
    if (holder && 'tier' in holder) add({ id: '', tier_id: holder.tier, own_discount_bp: null }, 0);
    return [...groups.values()];
  }

  #products(rule: Rule): Product[] {
    const target = 'on' in rule ? rule.on : { product: rule.product };
    return this.#catalogue.products.filter((product) => product.offered && isOn(target, product));
  }

  #pricesOf(product: Product, stack: RuleStack, key: string): InspectedCharge[] | null {
    const known = this.#prices.get(key);
    if (known) return known;
    if (this.#left <= 0) return null;
    const made = inspectProduct(this.#catalogue, product, stackSlice(stack, product));
    this.#left -= made.length;
    this.#prices.set(key, made);
    return made;
  }
}

/** True if the rule gives this price. Of one level and kind there is one rule at most, so its place names it (rule 10). */
function decides(rule: Rule, line: InspectedCharge): boolean {
  if ('bp' in rule) {
    return line.source === discountSource(rule.for, rule.on) && (rule.kinds === null || rule.kinds.includes(line.kind));
  }
  const here = (rule.term ?? line.term) === line.term && rule.currency === line.currency;
  if (!here || (rule.component ?? line.component) !== line.component) return false;
  if ('minPrice' in rule) return line.adjusted === 'floor';
  return rule[line.charge] !== null && line.source === bookSource(rule.for);
}
