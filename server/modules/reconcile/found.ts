import type { DifferenceKind } from './kinds.ts';
import type { Difference } from './entity.ts';

/** One difference as a comparison finds it. Amounts are decimal text; `amount` is actual − expected in money. */
export interface Found {
  resellerId: string;
  kind: DifferenceKind;
  subjectType: Difference['subjectType'];
  subjectId: string;
  currency: string | null;
  expected: string | null;
  actual: string | null;
  amount: string | null;
  /** What repair needs to know, and a person may want to see. */
  detail: Record<string, unknown>;
}

/** The same difference in two runs. */
export function identity({ kind, subjectType, subjectId }: Pick<Found, 'kind' | 'subjectType' | 'subjectId'>): string {
  return `${kind} ${subjectType} ${subjectId}`;
}
