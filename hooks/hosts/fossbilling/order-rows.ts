import { z } from 'zod';
import type { CallOptions } from './api-client.ts';
import type { FossbillingHost } from './host.ts';
import { readNote, REFERENCE_KEY, referenceOf, type LineNote } from './line-note.ts';
import { orderRow, type OrderRow } from './order-row.ts';
import { orNotFound, readAll } from './pages.ts';

/** A row with the note we left on it. */
export interface NotedRow {
  readonly row: OrderRow;
  readonly note: LineNote | null;
}

export function withNote(row: OrderRow): NotedRow {
  return { row, note: readNote(row) };
}

/** The add-on rows of a master row. The host's lists leave them out unless it is set to show them. */
export async function readAddons({ api }: FossbillingHost, id: string, options?: CallOptions): Promise<OrderRow[]> {
  return api.call('order/addons', { id }, z.array(orderRow), options);
}

/**
 * All rows that carry our reference, oldest first. The host compares the beginning only, and takes _ and % for any
 * character, so what it finds is compared here once more.
 */
export async function rowsOfReference(
  host: FossbillingHost,
  reference: string,
  options?: CallOptions,
): Promise<NotedRow[]> {
  const params = { meta: { [REFERENCE_KEY]: reference } };
  const listed = await readAll(host.api, { method: 'order/get_list', params, entry: orderRow }, options);
  const found = new Map<string, NotedRow>();
  for (const row of listed) if (referenceOf(row) === reference) found.set(row.id, withNote(row));
  const masters = [...found.values()].filter(({ note }) => (note?.place?.addons ?? 0) > 0);
  for (const { row } of masters) {
    for (const addon of await readAddons(host, row.id, options)) {
      if (referenceOf(addon) === reference) found.set(addon.id, withNote(addon));
    }
  }
  return [...found.values()].toSorted((left, right) => Number(left.row.id) - Number(right.row.id));
}

/**
 * The rows of an order by the id of its first row: all with its reference, or all of its group when it is not ours.
 * @throws HostError not_found
 */
export async function rowsOfOrder(host: FossbillingHost, orderId: string): Promise<NotedRow[]> {
  const row = await orNotFound(host.api.call('order/get', { id: orderId }, orderRow), 'order');
  const reference = referenceOf(row);
  if (reference !== null) return rowsOfReference(host, reference);
  return [row, ...(row.group_master ? await readAddons(host, row.id) : [])].map(withNote);
}

/**
 * The rows of an order of ours by line, or null while some are missing. Of two rows for one line, which a lost answer
 * can leave behind, the older one counts.
 */
export function completeLines(rows: readonly NotedRow[]): NotedRow[] | null {
  const lines = new Map<number, NotedRow>();
  for (const noted of rows) {
    const line = noted.note?.place?.line;
    if (line !== undefined && !lines.has(line)) lines.set(line, noted);
  }
  const sorted = [...lines].toSorted(([left], [right]) => left - right).map(([, noted]) => noted);
  const complete = sorted.length > 0 && sorted.every(({ note }) => note?.place?.lines === sorted.length);
  return complete ? sorted : null;
}
