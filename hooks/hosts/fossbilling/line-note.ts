import { z } from 'zod';
import { orderCustomer, priceLock, pricedLine, priceStamp } from '../../contract/index.ts';
import type { OrderRow } from './order-row.ts';

/** Meta key with our order's reference: the host finds rows by it. */
export const REFERENCE_KEY = 'reseller_ref';
/** Meta key with the note below. */
export const NOTE_KEY = 'reseller_line';

/**
 * What the host's row has no fields for, kept as JSON in the row's meta. Meta survives edits of the order's
 * configuration, which staff replace as a whole. More keys are avoided: the host's lists repeat a row for each of them.
 */
export const lineNote = pricedLine.omit({ price: true, quantity: true, term: true }).extend({
  v: z.literal(1),
  /** Where the row stands in an order of ours; null for a row that was not ordered through us. */
  place: z
    .object({
      /** Position in the order, from 0, and how many lines the order has. */
      line: z.int().min(0),
      lines: z.int().min(1),
      /** Id of the order's first row; null on that row itself. */
      first: z.string().nullable(),
      /** How many add-on rows hang on this one: the host's lists leave them out. */
      addons: z.int().min(0),
    })
    .nullable(),
  /** The price list that priced the row; null when a person did. */
  stamp: priceStamp.nullable(),
  /** What renewals cost since somebody pinned it; null while it is what was ordered. */
  lock: priceLock.nullable(),
  /** On the first row only. */
  order: z.object({ customer: orderCustomer.nullable(), note: z.string().nullable() }).nullable(),
});
export type LineNote = z.infer<typeof lineNote>;

/** A note as text in ASCII: the host's tables hold no characters above U+FFFF. */
export function writeNote(note: LineNote): string {
  return JSON.stringify(note).replaceAll(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The note of a row, null when it has none or somebody spoiled it. */
export function readNote({ meta }: OrderRow): LineNote | null {
  const text = meta[NOTE_KEY];
  if (typeof text !== 'string') return null;
  try {
    const parsed = lineNote.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Our reference on a row, null when the row is not ours. */
export function referenceOf({ meta }: OrderRow): string | null {
  const reference = meta[REFERENCE_KEY];
  return typeof reference === 'string' && reference !== '' && reference.length <= 120 ? reference : null;
}
