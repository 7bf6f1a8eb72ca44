import { canonicalJson } from './canonical-json.ts';
import { PricingError } from './errors.ts';
import type { Catalogue } from './formats/catalogue.ts';
import { checkRules } from './formats/check-rules.ts';
import { type Book, type Discount, type Floor, parseRules, type Rules } from './formats/rules.ts';
import { booksUnderCost } from './under-cost.ts';

/** What of the programme decides prices. */
export type ProgrammeRules = Pick<Rules, 'discountBp' | 'applyTo' | 'capAtRetail' | 'floorLiftsBooks'>;
type TierRate = Rules['tiers'][number];

/** One rule as it is to be; null removes it. Tiers and the programme are changed, never added or removed here. */
export type RuleChange =
  | { readonly kind: 'discount'; readonly id: string; readonly after: Discount | null }
  | { readonly kind: 'book'; readonly id: string; readonly after: Book | null }
  | { readonly kind: 'floor'; readonly id: string; readonly after: Floor | null }
  | { readonly kind: 'tier'; readonly id: string; readonly after: TierRate | null }
  | { readonly kind: 'programme'; readonly id: string; readonly after: ProgrammeRules | null };
export type RuleKind = RuleChange['kind'];

const LISTS = { discount: 'discounts', book: 'books', floor: 'floors' } as const;
const NAMED = Object.entries(LISTS) as [keyof typeof LISTS, (typeof LISTS)[keyof typeof LISTS]][];

/** The rules with these changes made, in the order of rule ids where something changed. */
export function applyChanges(rules: Rules, changes: readonly RuleChange[]): Rules {
  const of = <T>(kind: RuleKind) =>
    new Map(changes.filter((change) => change.kind === kind).map(({ id, after }) => [id, after as T | null]));
  const programme = of<ProgrammeRules>('programme').get('programme');
  const tiers = of<TierRate>('tier');
  return {
    ...rules,
    ...programme,
    tiers: rules.tiers.map((tier) => tiers.get(tier.id) ?? tier),
    discounts: replaced(rules.discounts, of<Discount>('discount')),
    books: replaced(rules.books, of<Book>('book')),
    floors: replaced(rules.floors, of<Floor>('floor')),
  };
}

function replaced<T extends { readonly id: string }>(items: T[], changes: ReadonlyMap<string, T | null>): T[] {
  if (changes.size === 0) return items;
  const kept = items.filter(({ id }) => !changes.has(id));
  return [...kept, ...[...changes.values()].filter((item) => item !== null)].toSorted((left, right) =>
    left.id < right.id ? -1 : 1,
  );
}

/** The rule of this kind and id as it stands in the rules; null when there is none. */
export function ruleOf(rules: Rules, kind: RuleKind, id: string): RuleChange['after'] {
  switch (kind) {
    case 'programme': {
      const { discountBp, applyTo, capAtRetail, floorLiftsBooks } = rules;
      return { discountBp, applyTo, capAtRetail, floorLiftsBooks };
    }
    case 'tier':
      return rules.tiers.find((tier) => tier.id === id) ?? null;
    default:
      return rules[LISTS[kind]].find((rule) => rule.id === id) ?? null;
  }
}

/** The rules by kind and id, for many look-ups. */
export function ruleIndex(rules: Rules): (kind: RuleKind, id: string) => RuleChange['after'] {
  const lists = new Map(
    NAMED.map(([kind, list]) => [kind, new Map(rules[list].map((rule) => [rule.id, rule as RuleChange['after']]))]),
  );
  return (kind, id) =>
    kind === 'programme' || kind === 'tier' ? ruleOf(rules, kind, id) : (lists.get(kind)?.get(id) ?? null);
}

/** What has to change to get from one set of rules to another. Tiers that are in one of them only are left alone. */
export function diffRules(from: Rules, to: Rules): RuleChange[] {
  const changes: RuleChange[] = [];
  for (const [kind, list] of NAMED) {
    const old = new Map(from[list].map((rule) => [rule.id, rule]));
    const next = new Map(to[list].map((rule) => [rule.id, rule]));
    for (const id of old.keys()) if (!next.has(id)) changes.push({ kind, id, after: null });
    for (const [id, after] of next) {
      if (!sameRule(old.get(id) ?? null, after)) changes.push({ kind, id, after } as RuleChange);
    }
  }
  for (const tier of to.tiers) {
    const old = from.tiers.find(({ id }) => id === tier.id);
    if (old && old.discountBp !== tier.discountBp) changes.push({ kind: 'tier', id: tier.id, after: tier });
  }
  const programme = ruleOf(to, 'programme', 'programme') as ProgrammeRules;
  if (!sameRule(ruleOf(from, 'programme', 'programme'), programme)) {
    changes.push({ kind: 'programme', id: 'programme', after: programme });
  }
  return changes;
}

/** True if two rules say the same; the order of their fields does not matter. */
export function sameRule(one: RuleChange['after'], other: RuleChange['after']): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** What is wrong with a change. `path` is a JSON Pointer below it, "" for the whole of it. */
export interface ChangeError {
  readonly kind: RuleKind;
  readonly id: string;
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** More errors than this are not looked for: a person mends these first. */
const MOST_ERRORS = 20;

/**
 * Checks the changed rules against the catalogue and all rules against each other, by the checks of the compiler
 * (rules 10 and 11). Rules that nobody touched are not judged: one that names a product which has left the catalogue
 * does nothing, and must not stand in the way of other changes.
 */
export function checkChanges(catalogue: Catalogue, rules: Rules, changes: readonly RuleChange[]): ChangeError[] {
  const errors: ChangeError[] = [];
  let left = changes;
  while (errors.length < MOST_ERRORS) {
    const error = firstError(catalogue, rules, left);
    if (error === null) break;
    errors.push(error);
    const rest = left.filter(({ kind, id }) => kind !== error.kind || id !== error.id);
    if (rest.length === left.length) break;
    left = rest;
  }
  return errors;
}

function firstError(catalogue: Catalogue, rules: Rules, changes: readonly RuleChange[]): ChangeError | null {
  const after = applyChanges(rules, changes);
  const touched = new Set(changes.map(({ kind, id }) => `${kind} ${id}`));
  const changed = {
    ...after,
    discounts: after.discounts.filter(({ id }) => touched.has(`discount ${id}`)),
    books: after.books.filter(({ id }) => touched.has(`book ${id}`)),
    floors: after.floors.filter(({ id }) => touched.has(`floor ${id}`)),
  };
  try {
    checkRules(catalogue, changed);
  } catch (error) {
    return located(error, changed, touched);
  }
  const [under] = booksUnderCost(catalogue, changed);
  if (under) {
    const message = `${under.amount} ${under.currency} is under the cost of ${under.cost}: a fixed price under cost is not published.`;
    const path = `/${under.charge}`;
    return { kind: 'book', id: under.book, code: 'below_cost', path, message };
  }
  try {
    parseRules(after);
  } catch (error) {
    return located(error, after, touched);
  }
  return null;
}

/** The rule that an error of the checks points to, and where in it. */
function located(error: unknown, rules: Rules, touched: ReadonlySet<string>): ChangeError {
  if (!(error instanceof PricingError)) throw error;
  const [, list = '', index = '', ...rest] = error.path.split('/');
  const kind = NAMED.find(([, name]) => name === list)?.[0] ?? 'programme';
  const rule = kind === 'programme' ? undefined : rules[LISTS[kind]][Number(index)];
  // Of two rules that contradict each other the later one is named, which may be the one that was there before.
  const other = rules[LISTS[kind === 'programme' ? 'discount' : kind]].find(
    ({ id }) => touched.has(`${kind} ${id}`) && error.message.includes(`"${id}"`),
  );
  const id = rule && touched.has(`${kind} ${rule.id}`) ? rule.id : (other?.id ?? rule?.id ?? 'programme');
  const path = rest.length === 0 ? '' : `/${rest.join('/')}`;
  return { kind, id, code: error.code, path, message: error.message };
}
