import type { HostPort, OrderItem } from '../contract/index.ts';
import type { InstallationKeys } from '../transport/keys.ts';

/** What the shop said to a buyer. */
export type ShopAnswer = { sold: true; orderId: string; invoiceId: string } | { sold: false; message: string };

/** What the contract cannot do to a host, because buyers, staff or time do it. A host lacks those it has no way for. */
export interface Levers {
  /** Buys in the host's own shop as that client. */
  buyInShop(clientId: string, order: { currency: string; lines: OrderItem[]; coupon?: string }): Promise<ShopAnswer>;
  /** Code of a coupon that is valid in the shop. */
  coupon(): Promise<string>;
  /** Pays what is outstanding, as the buyer does. */
  pay(invoiceId: string): Promise<void>;
  /** Gives a part back. */
  refund(invoiceId: string, amount: string): Promise<void>;
  /** Gives all of a paid invoice back. @param total of that invoice */
  refundAll(invoiceId: string, total: string): Promise<void>;
  /** Moves the host's clock forward, with whatever runs each night. */
  advanceClock(days: number): Promise<void>;
  /** Changes what a service renews at without telling anybody, as a member of staff can. */
  editServicePrice(serviceId: string, amount: string): Promise<void>;
  /** Changes a retail price of a product, as staff do. */
  editRetail(product: string, cell: { term: string; currency: string; price: string }): Promise<void>;
  openTicket(clientId: string): Promise<void>;
  /** The host as somebody sees it whose access lacks the rights. */
  portWithoutRights(): HostPort;
  /** The same way of asking the host, at another address. */
  portTo(baseUrl: string): HostPort;
}

/** A running host of one kind, seeded, with the means that only this kind has. */
export interface ConformanceDriver {
  /** Address of the host, without /bridge/v1. */
  readonly baseUrl: string;
  /** What stands behind the name of a call in its address; nothing if left out. */
  readonly callPathEnd?: string;
  /** The host with all its calls, where its bridge does not answer all of them itself. */
  readonly port?: HostPort;
  /** A client who is to be a reseller, and one who never is; both active, without orders. */
  readonly clients: { reseller: string; ordinary: string };
  readonly levers: Partial<Levers>;
  /** Has the bridge bring its price lists up to date. */
  pull(): Promise<void>;
  stop(): Promise<void>;
}

/** What a driver is started with: the keys of the installation, and where the plugin answers. */
export interface DriverOptions {
  keys: InstallationKeys;
  pluginUrl: string;
}

/** Starts a host of one kind with fresh data. */
export type StartDriver = (options: DriverOptions) => Promise<ConformanceDriver>;
