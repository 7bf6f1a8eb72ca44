import type { DifferenceRow } from '#lib/api/contract.ts';
import { maybe } from '#lib/messages/index.svelte.ts';

/** The kind of a difference in a few words; one that is newer than this build as the service describes it. */
export const kindName = (row: Pick<DifferenceRow, 'kind' | 'about'>): string =>
  maybe(`difference.${row.kind}`) ?? row.about;

export const subjectName = (row: Pick<DifferenceRow, 'subjectType'>): string =>
  maybe(`thing.${row.subjectType}`) ?? row.subjectType;
