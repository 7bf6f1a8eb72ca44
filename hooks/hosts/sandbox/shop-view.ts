import { findEntry, listAt } from '../../bridge/find-entry.ts';
import type { PriceChunk } from '../../contract/index.ts';
import type { Account } from './accounts.ts';
import { readCatalogue } from './catalogue.ts';
import type { Host } from './kit.ts';

type ReadChunk = (product: string) => PriceChunk | null;
const nothing: ReadChunk = () => null;

/** How a client's own prices are found: nothing for ordinary clients, `pending` when they are not at hand right now. */
function ownPrices(host: Host, client: Account | undefined): { pending: boolean; read: ReadChunk } {
  const held = host.store.readIndex();
  const entry = held && client ? findEntry(held.index, client.id) : null;
  if (!held || entry?.state !== 'active') return { pending: false, read: nothing };
  const list = listAt(entry, host.now());
  const fresh = host.now() - held.confirmedAtMs <= held.index.refuseAfterSeconds * 1000;
  if (list === null || !fresh || held.index.programme === 'off') return { pending: true, read: nothing };
  return { pending: false, read: (product) => host.store.readChunk(list, product) };
}

/**
 * The shop window: what is offered, at retail, and for a reseller also at wholesale. Where that cannot be looked up now
 * retail stands alone and `pending` says that checkout decides.
 */
export function viewShop(host: Host, client: Account | undefined) {
  const { catalogue, display } = readCatalogue(host);
  const { pending, read } = ownPrices(host, client);
  const products = catalogue.products.flatMap(({ id, group, offered, components }, index) => {
    const words = display.products[index];
    if (!offered || !words) return [];
    const chunk = read(id)?.rows ?? [];
    const priced = components.map(({ prices, ...component }) => {
      const rows = chunk.filter((row) => row.component === component.id);
      const cells = prices.map(({ term, currency, price, setup }) => {
        const own = rows.filter((row) => row.term === term && row.currency === currency);
        const find = (charge: string) => own.find((row) => row.charge === charge)?.wholesale ?? null;
        const wholesale = own.length > 0 ? { wholesale: find('price'), wholesaleSetup: find('setup') } : {};
        return { term, currency, price, setup, ...wholesale };
      });
      return { ...component, prices: cells };
    });
    return [{ ...words, group, components: priced }];
  });
  return { pending, currencies: catalogue.currencies, groups: display.groups, products };
}
export type Shop = ReturnType<typeof viewShop>;
