import type { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { FossbillingApi } from './api-client.ts';
import { readPage } from './pages.ts';

/** From this many clients on, the whole list of the host is read and what is not theirs passed over. */
const SCAN_FROM = 50;

interface Listed {
  id: string;
  client_id: string;
}

/** What a caller asks of a list over several clients. */
export interface ListRequest {
  clientIds: string[];
  cursor?: string | undefined;
  limit?: number | undefined;
}

/**
 * One page of a list of the host over several clients, which the host lists one by one: newest first within a client.
 * The cursor says which client, which page and the last entry that was given, so that entries made meanwhile are not
 * given twice and none is left out. The host repeats an entry of a list for each of its meta keys; here it comes once.
 */
export async function readClientPage<Entry extends z.ZodType<Listed>>(
  api: FossbillingApi,
  list: { method: string; entry: Entry },
  { clientIds, cursor, limit = 100 }: ListRequest,
): Promise<{ entries: z.infer<Entry>[]; cursor: string | null }> {
  const clients = new Set(clientIds);
  const scan = clients.size >= SCAN_FROM;
  const sources = scan ? [null] : [...clients];
  // A page keeps its size to the end of the list: pages of another size would begin elsewhere.
  const [at = 0, page = 1, last = 0, size = limit] = readCursor(cursor);
  const source = sources[at];
  if (source === undefined) return { entries: [], cursor: null };
  const params = source === null ? {} : { client_id: source };
  const { entries, more } = await readPage(api, { ...list, params }, page, { purpose: 'list', size });
  const fresh = new Map<string, z.infer<Entry>>();
  for (const entry of entries) {
    const isNew = last === 0 || Number(entry.id) < last;
    if (isNew && clients.has(entry.client_id)) fresh.set(entry.id, entry);
  }
  const lowest = entries.reduce((low, { id }) => Math.min(low, Number(id)), last === 0 ? Infinity : last);
  const next = more ? `${at}.${page + 1}.${lowest}.${size}` : at + 1 < sources.length ? `${at + 1}.1.0.${size}` : null;
  return { entries: [...fresh.values()], cursor: next };
}

function readCursor(cursor: string | undefined): number[] {
  if (cursor === undefined) return [];
  if (!/^\d{1,6}\.[1-9]\d{0,8}\.\d{1,15}\.[1-9]\d{0,2}$/.test(cursor)) {
    throw new HostError('bad_request', 'This cursor is not from here.');
  }
  return cursor.split('.').map(Number);
}
