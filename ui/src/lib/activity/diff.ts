import type { Snippet } from 'svelte';
import type { ActivityRow } from '#lib/api/contract.ts';

/** One field of an entry, before and after. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a person reads it, a list by commas; null for what is not there. */
export function printValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ') || null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** How a screen writes the values of a field. */
type Print = (value: unknown, field: string) => string | null;

const isMove = (value: unknown): value is { from: unknown; to: unknown } =>
  isRecord(value) && Object.keys(value).toSorted().join() === 'from,to';

/** The fields in which an entry's before and after differ; of a new or removed thing all that it has. */
export function fieldChanges(before: unknown, after: unknown, print: Print = printValue): FieldChange[] {
  if (!isRecord(before) && !isRecord(after)) {
    const [old, fresh] = [print(before, ''), print(after, '')];
    return old === fresh ? [] : [{ field: '', before: old, after: fresh }];
  }
  const [old, fresh] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  // What is only on one side of a change was not recorded on the other: it did not necessarily go.
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((field) => {
      // Some entries keep both ends of a field in one value.
      const [was, is] = isMove(fresh[field]) ? [fresh[field].from, fresh[field].to] : [old[field], fresh[field]];
      return { field, before: print(was, field), after: print(is, field) };
    })
    .filter((change) => change.before !== change.after);
}

/** "reseller.terms_changed" → "reseller terms changed" */
export const plainAction = (action: string): string => action.replaceAll(/[._]/g, ' ');

/** What fields are called, by their names. */
export type FieldWords = Readonly<Record<string, string>>;

/** A field in words; one that the list lacks, such as of a newer service, is readable still: "ownDiscount" → "own discount". */
export const fieldName = (words: FieldWords, field: string): string =>
  words[field] ??
  field
    .replaceAll(/[._]/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);

/** What is offered beside an opened entry, with its changes in words. */
export type EntryTools = Snippet<[ActivityRow, readonly (FieldChange & { name: string })[]]>;
