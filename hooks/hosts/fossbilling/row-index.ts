import { LRUCache } from 'lru-cache';
import type { CallOptions, FossbillingApi } from './api-client.ts';
import { readNote } from './line-note.ts';
import { isDomainRow, orderRow, productOfRow, type OrderRow } from './order-row.ts';
import { orNull, readAll } from './pages.ts';

/** What never changes about a row, and invoices do not say. */
export interface RowFacts {
  readonly orderId: string;
  readonly product: string;
  readonly domain: boolean;
}

/** Remembers what rows are, so that invoice lines can be told what they charge for without a call for each. */
export interface RowIndex {
  remember(rows: readonly OrderRow[]): void;
  /** Facts of these rows; what is not known is read, the client's rows first, which mostly answers all of it. */
  facts(clientId: string, rowIds: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, RowFacts>>;
}

export function createRowIndex(api: FossbillingApi): RowIndex {
  const known = new LRUCache<string, RowFacts>({ max: 50_000 });
  const masters = new LRUCache<string, string>({ max: 50_000 });
  // Rows that are gone stay gone; clients are not read again for each of their deleted rows.
  const gone = new LRUCache<string, true>({ max: 10_000 });

  function remember(rows: readonly OrderRow[]): void {
    for (const row of rows) if (row.group_master && row.group_id !== null) masters.set(row.group_id, row.id);
    for (const row of rows) {
      const master = row.group_id === null ? undefined : masters.get(row.group_id);
      const orderId = readNote(row)?.place?.first ?? (row.group_master ? row.id : (master ?? row.id));
      known.set(row.id, { orderId, product: productOfRow(row), domain: isDomainRow(row) });
    }
  }

  return {
    remember,
    async facts(clientId, rowIds, options) {
      const missing = () => [...new Set(rowIds)].filter((id) => !known.has(id) && !gone.has(id));
      if (missing().length > 1) {
        const list = { method: 'order/get_list', params: { client_id: clientId }, entry: orderRow };
        remember(await readAll(api, list, options));
      }
      for (const id of missing()) {
        const row = await orNull(api.call('order/get', { id }, orderRow, options));
        if (row) remember([row]);
        else gone.set(id, true);
      }
      const facts = rowIds.flatMap((id): [string, RowFacts][] => {
        const found = known.get(id);
        return found ? [[id, found]] : [];
      });
      return new Map(facts);
    },
  };
}
