import { canonicalJson } from '../../pricing/canonical-json.ts';

/** The top-level fields in which two versions of a section differ, in the order of the newer one. */
export function changedFields(before: object, after: object) {
  const old = before as Record<string, unknown>;
  return Object.entries(after)
    .filter(([field, value]) => canonicalJson(value ?? null) !== canonicalJson(old[field] ?? null))
    .map(([field, value]) => ({ field, before: old[field] ?? null, after: value as unknown }));
}
