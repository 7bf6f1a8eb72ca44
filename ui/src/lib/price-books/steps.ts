import type { PriceVersionRow } from '#lib/api/contract.ts';
import type { EditedCell } from './rows.ts';

/** An edit that can be taken back and repeated: its cells as they were, and as they became. */
export interface Step {
  before: EditedCell[];
  after: EditedCell[];
}
export interface Steps {
  undo: Step[];
  redo: Step[];
}

/** What was done to the books of one draft in this tab. */
interface Kept {
  draft: string;
  books: Record<string, Steps>;
}

const KEY = 'reseller.bookSteps';
let kept: Kept | null = null;

function read(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** What can be taken back in a book until its draft is published: it outlives other screens and a reload of the tab. */
export function stepsOf(draft: PriceVersionRow | null, book: string): Steps {
  kept ??= read();
  return (kept?.draft === draft?.id && kept?.books[book]) || { undo: [], redo: [] };
}

/** Keeps it for this tab; there is no secret in it. */
export function keepSteps(draft: PriceVersionRow | null, book: string, steps: Steps): void {
  if (!draft) return;
  if (kept?.draft !== draft.id) kept = { draft: draft.id, books: {} };
  kept.books[book] = steps;
  try {
    // Gone first: where the new state finds no room, the old one would be taken back in the wrong order.
    sessionStorage.removeItem(KEY);
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Then it lasts as long as the document.
  }
}
