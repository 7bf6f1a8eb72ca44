import { createMemoryBridgeStore } from '../../hooks/bridge/memory-store.ts';
import type { BridgeStore } from '../../hooks/bridge/store.ts';
import type { PricedLine } from '../../hooks/contract/index.ts';

/** Ordered lines that are remembered until their first invoice is checked. */
const MOST_REMEMBERED = 20_000;

/** The bridge of a Node host: its tables are in memory, filled from the plugin's database when the plugin starts. */
export interface NodeBridge {
  readonly store: BridgeStore;
  /** False until price lists and locks were read: until then no order can be priced, not even at retail. */
  filled: boolean;
  /** Tells that something waits in the outbox. */
  wake: () => void;
  /** The host's clock, UTC milliseconds. */
  readonly now: () => number;
  /** Keeps what a service was ordered as. */
  remember(serviceId: string, line: PricedLine): void;
  /** What a service was ordered as, null when that is not known any more. */
  recall(serviceId: string): PricedLine | null;
}

export function createNodeBridge(now: () => number): NodeBridge {
  const ordered = new Map<string, PricedLine>();
  return {
    store: createMemoryBridgeStore(),
    filled: false,
    wake: () => undefined,
    now,
    remember(serviceId, line) {
      ordered.set(serviceId, structuredClone(line));
      const [oldest] = ordered.keys();
      if (ordered.size > MOST_REMEMBERED && oldest !== undefined) ordered.delete(oldest);
    },
    recall: (serviceId) => ordered.get(serviceId) ?? null,
  };
}
