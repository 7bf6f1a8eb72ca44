import type { Difference } from './entity.ts';
import { differenceKinds } from './kinds.ts';

/** A difference as lists and the command line show it. */
export function differenceRow(difference: Difference) {
  const { id, resellerId, kind, subjectType, subjectId, currency, expected, actual, amount, status, foundAt } =
    difference;
  const { ignoredUntil, reason } = difference;
  return {
    id,
    resellerId,
    kind,
    about: differenceKinds[kind],
    subjectType,
    subjectId,
    currency: currency ?? null,
    expected: expected ?? null,
    actual: actual ?? null,
    amount: amount ?? null,
    status,
    foundAt: foundAt.toISOString(),
    ignoredUntil: ignoredUntil ?? null,
    reason: reason ?? null,
  };
}
