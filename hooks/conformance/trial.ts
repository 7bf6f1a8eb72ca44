import { randomUUID } from 'node:crypto';
import { createMemoryBridgeStore } from '../bridge/memory-store.ts';
import { priceOrder } from '../bridge/price-order.ts';
import { pullPriceLists } from '../bridge/pull-price-lists.ts';
import type {
  CallResponse,
  HostOrder,
  HostPort,
  HostService,
  OrderItem,
  PricedLine,
  PriceStamp,
} from '../contract/index.ts';
import type { InstallationKeys } from '../transport/keys.ts';
import type { ConformanceDriver, Levers } from './driver.ts';
import type { ReferencePlugin } from './plugin/reference-plugin.ts';
import { pickItem } from './pick-item.ts';

/** What a case works with: a host that runs, seen through the contract, and the plugin it talks to. */
export interface Trial {
  readonly driver: ConformanceDriver;
  /** All levers; a case names those it pulls, so that it runs only where they are. */
  readonly levers: Levers;
  readonly keys: InstallationKeys;
  readonly port: HostPort;
  readonly plugin: ReferencePlugin;
  readonly about: CallResponse<'describe'>;
  readonly catalogue: CallResponse<'catalogue.read'>;
  /** Something that renews, in the host's own currency unless said otherwise. */
  item(currency?: string): OrderItem;
  /** What the reseller is to be charged for it, by the list that holds. */
  price(item: OrderItem, currency?: string): Promise<{ line: PricedLine; stamp: PriceStamp; digits: number }>;
  /** Places an order for the reseller as the plugin does. A given reference is used again. */
  place(options?: { currency?: string; reference?: string }): Promise<HostOrder>;
  /** The reseller's service of that id, as the host reports it now. */
  service(id: string): Promise<HostService>;
}

/** A reference nobody used before. */
export function freshReference(): string {
  return `ord_${randomUUID()}`;
}

export async function createTrial(parts: Pick<Trial, 'driver' | 'keys' | 'port' | 'plugin'>): Promise<Trial> {
  const { driver, port, plugin } = parts;
  const [about, catalogue] = [await port.describe({}), await port['catalogue.read']({})];
  plugin.stock(catalogue.catalogue);
  const ownCurrency = about.currency;

  async function price(item: OrderItem, currency = ownCurrency) {
    const store = createMemoryBridgeStore();
    await pullPriceLists(store, plugin.port, Date.now());
    const question = { clientId: driver.clients.reseller, currency, coupon: null, lines: [item] };
    const verdict = priceOrder(store, question, Date.now());
    const [line] = verdict.decision === 'wholesale' ? verdict.lines : [];
    if (verdict.decision !== 'wholesale' || !line) throw new Error(`no price for ${JSON.stringify(item)}`);
    return { line, stamp: verdict.stamp, digits: verdict.digits };
  }

  return {
    ...parts,
    levers: driver.levers as Levers,
    about,
    catalogue,
    item: (currency = ownCurrency) => pickItem(catalogue, currency),
    price,
    async place({ currency = ownCurrency, reference = freshReference() } = {}) {
      const { line, stamp, digits } = await price(pickItem(catalogue, currency), currency);
      const { order } = await port['orders.place']({
        reference,
        clientId: driver.clients.reseller,
        paymentMethod: null,
        money: { currency, digits, tax: catalogue.catalogue.catalogueTax },
        customer: { name: 'Ada Conform', reference: 'C-1' },
        note: 'Placed by the conformance suite',
        stamp,
        lines: [line],
      });
      return order;
    },
    async service(id) {
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: CallResponse<'services.list'> = await port['services.list']({
          clientIds: [driver.clients.reseller],
          limit: 500,
          ...(cursor === '' ? {} : { cursor }),
        });
        const found = page.services.find((service) => service.id === id);
        if (found) return found;
        cursor = page.cursor;
      }
      throw new Error(`services.list does not have the service ${id}`);
    },
  };
}
