import type { OrderItem, PriceIndex, PriceIndexEntry, PriceLock, PricedLine } from '../contract/index.ts';
import { minorUnits } from '../prices/money.ts';
import { cellPrices } from '../prices/lookup.ts';
import { listAt } from './find-entry.ts';
import { priceItem } from './price-item.ts';
import type { BridgeStore } from './store.ts';

/**
 * Tells what a service was ordered as. A host that keeps the priced lines the bridge gave it at commit answers those
 * (PricedLine), and their amounts count; another answers the bare item, which is then priced from the list. Must read
 * the bridge's own record: amounts that staff can edit would be compared with themselves.
 */
export type DescribeService = (serviceId: string) => OrderItem | PricedLine | null;

/** What a first invoice may charge, in minor units: for one unit of the line, and the setup fees of the whole line. */
export interface FreshPrice {
  unit: bigint | null;
  setup: bigint | null;
}

/** What is known about a service when its first invoice is checked. */
export interface FreshContext {
  store: BridgeStore;
  index: PriceIndex;
  entry: PriceIndexEntry;
  currency: string;
  digits: number;
  nowMs: number;
  describeService: DescribeService;
}

const unknown: FreshPrice = { unit: null, setup: null };

/**
 * What a service's first term and setup cost. From the priced line of the order where the host kept it; else from the
 * list the order was priced with (the lock names it) while the bridge still holds that, else from the list of now.
 * Without a description the lock alone still tells the setup, because it names components and quantities.
 */
export function freshPrice(context: FreshContext, serviceId: string, lock: PriceLock | null): FreshPrice {
  const { store, index, entry, currency, digits } = context;
  const item = context.describeService(serviceId);
  if (item !== null && 'unitPrice' in item) {
    return { unit: minorUnits(item.unitPrice, digits), setup: minorUnits(item.setup, digits) };
  }
  const ordered = lock?.listHash ?? null;
  const listHash = ordered !== null && store.readList(ordered) !== null ? ordered : listAt(entry, context.nowMs);
  if (listHash === null) return unknown;
  if (item === null) return { unit: null, setup: lock === null ? null : setupOfLock(context, listHash, lock) };
  const priced = priceItem(store, { index, listHash, currency, digits }, item);
  if ('code' in priced) return unknown;
  return { unit: minorUnits(priced.line.unitPrice, digits), setup: minorUnits(priced.line.setup, digits) };
}

function setupOfLock({ store, index, digits }: FreshContext, listHash: string, lock: PriceLock): bigint | null {
  const chunk = store.readChunk(listHash, lock.product);
  // A domain's lock names the renewal, whose setup is not what registering costs.
  if (chunk === null || chunk.components.some(({ kind }) => kind === 'domain')) return null;
  const cells = cellPrices(chunk.rows, lock.term, lock.currency, digits);
  let setup = 0n;
  for (const { component, quantity } of lock.components) {
    const cell = cells.get(component);
    if (cell === undefined) return null;
    setup += (cell.setup?.wholesale ?? 0n) * BigInt(quantity);
  }
  return index.setupPerQuantity ? setup * BigInt(lock.quantity) : setup;
}
