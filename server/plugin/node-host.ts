import type { DescribeService } from '../../hooks/bridge/fresh-price.ts';
import type { HostPort } from '../../hooks/contract/index.ts';

/** What the plugin reads of every host. */
type Reads = 'describe' | 'catalogue.read' | 'clients.list' | 'orders.list' | 'services.list' | 'invoices.list';

/**
 * A billing platform in the plugin's own process: the calls of the contract that it can serve. A call that is left out
 * answers `not_supported`: without `orders.place` nobody orders from the portal, say. Three calls are the plugin's own
 * here and never asked of the host: `locks.publish`, `prices.publish`, `changes.read`.
 */
export type NodeHost = Pick<HostPort, Reads> &
  Partial<HostPort> & {
    /** Origin of the host's pages, such as https://billing.example: the only one that may frame the screens. */
    origin?: string;
    /**
     * What a service was ordered as, from the host's own record. Without it the plugin remembers the orders of its
     * process only, and holds a first invoice with a setup fee that is checked after a restart.
     */
    describeService?: DescribeService;
  };
