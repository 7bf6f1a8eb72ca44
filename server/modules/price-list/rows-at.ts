import type { StoredChunk } from './reader.ts';

type Rows = StoredChunk['rows'];
const held = new WeakMap<StoredChunk, Map<string, Rows>>();

/** A chunk's rows in one term and currency, sought once while the chunk is in memory: a dozen instead of hundreds. */
export function rowsAt(chunk: StoredChunk, term: string, currency: string): Rows {
  let cells = held.get(chunk);
  if (!cells) held.set(chunk, (cells = new Map()));
  const cell = `${term} ${currency}`;
  let rows = cells.get(cell);
  if (!rows) cells.set(cell, (rows = chunk.rows.filter((row) => row.term === term && row.currency === currency)));
  return rows;
}
