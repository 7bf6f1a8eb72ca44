import { canonicalJson } from '../../pricing/canonical-json.ts';
import { sha256 } from '../../pricing/digest.ts';
import type { RuleStack } from '../../pricing/rule-stack.ts';

/** The name of a rule set: a hash over its values, the same for everyone whose rules have the same effect by value. */
export function ruleSetHash(stack: RuleStack): string {
  return sha256([canonicalJson(plain(stack))]);
}

/** Maps as objects and lists in one order, so that the order of entry does not matter. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (Array.isArray(value)) {
    const items = value.map((item) => canonicalJson(plain(item)));
    return items.toSorted();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
