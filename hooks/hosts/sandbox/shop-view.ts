import { findEntry, listAt } from '../../bridge/find-entry.ts';
import type { PriceChunk } from '../../contract/index.ts';
import type { Account } from './accounts.ts';
import { readCatalogue } from './catalogue.ts';
import type { Host } from './kit.ts';

/** How a client's own prices are found: nothing for ordinary clients, `pending` when they are not at hand right now. */
function ownPrices(
  host: Host,
  client: Account | undefined,
): { pending: boolean; chunk: (product: string) => PriceChunk | null } {
  const held = client ? host.store.readIndex() : null;
  const entry = held && client ? findEntry(held.index, client.id) : null;
  if (!held || entry?.state !== 'active') return { pending: false, chunk: () => null };
  const list = listAt(entry, host.now());
  const fresh = host.now() - held.confirmedAtMs <= held.index.refuseAfterSeconds * 1000;
  if (list === null || !fresh || held.index.programme === 'off') return { pending: true, chunk: () => null };
  return { pending: false, chunk: (product) => host.store.readChunk(list, product) };
}

/**
 * The shop window: what is offered, at retail, and for a reseller also at wholesale. Where that cannot be looked up now
 * retail stands alone and `pending` says that checkout decides.
 */
export function viewShop(host: Host, client: Account | undefined) {
  const { catalogue, display } = readCatalogue(host);
  const own = ownPrices(host, client);
  const words = new Map(display.products.map((entry) => [entry.id, entry]));
  const products = catalogue.products.flatMap(({ id, group, offered, components }) => {
    const titles = words.get(id);
    if (!offered || !titles) return [];
    const rows = new Map(
      own.chunk(id)?.rows.map((row) => [`${row.component} ${row.term} ${row.currency} ${row.charge}`, row.wholesale]),
    );
    const priced = components.map(({ prices, ...component }) => ({
      ...component,
      prices: prices.map(({ term, currency, price, setup }) => {
        const wholesale = rows.get(`${component.id} ${term} ${currency} price`);
        const wholesaleSetup = rows.get(`${component.id} ${term} ${currency} setup`);
        const found = wholesale === undefined ? {} : { wholesale, wholesaleSetup: wholesaleSetup ?? null };
        return { term, currency, price, setup, ...found };
      }),
    }));
    return [{ ...titles, group, components: priced }];
  });
  return { pending: own.pending, currencies: catalogue.currencies, groups: display.groups, products };
}
export type Shop = ReturnType<typeof viewShop>;
