import { findEntry, listAt } from '../../bridge/find-entry.ts';
import type { CallResponse, CatalogueDisplay, PriceChunk } from '../../contract/index.ts';
import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { Account } from './accounts.ts';
import { emitCatalogueChanged, moneyOf, refuse, toMinor, toText, type Host } from './kit.ts';

/** A product as catalogue/1 writes it, the words that screens show, and whether setting it up fails (to try that out). */
export type Product = { product: CatalogueProduct; display: CatalogueDisplay['products'][0]; failsSetup: boolean };

export function readProduct({ db }: Host, id: string): Product {
  const row = db.get<{ json: string }>('SELECT json FROM products WHERE id = ?', id);
  return JSON.parse(row?.json ?? refuse('unknown_product', `There is no product "${id}".`)) as Product;
}

export function writeProduct({ db }: Host, product: Product): void {
  const sql = 'INSERT INTO products VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json';
  db.run(sql, product.product.id, JSON.stringify(product));
}

/** catalogue.read: everything the host sells, at retail. */
export function readCatalogue(host: Host): CallResponse<'catalogue.read'> {
  const read = <Row>(table: string) => host.db.all<Row>(`SELECT * FROM ${table} ORDER BY rowid`);
  const products = read<{ id: string }>('products').map(({ id }) => readProduct(host, id));
  const currencies = read<{ code: string; digits: number }>('currencies');
  const head = { format: 'catalogue/1', catalogueTax: 'net', setupPerQuantity: false, currencies } as const;
  return {
    catalogue: { ...head, products: products.map(({ product }) => product) },
    display: { groups: read('product_groups'), products: products.map(({ display }) => display) },
  };
}

type NewAmount = string | null | undefined;
export type PriceEdit = { component: string; term: string; currency: string; price: NewAmount; setup: NewAmount };

/** Staff change a retail price, or (null) stop selling it; the plugin is told. Running services keep what they have. */
export function editPrice(host: Host, id: string, { component, term, currency, ...edit }: PriceEdit): void {
  const { digits } = moneyOf(host, currency);
  const amount = (given: NewAmount) => (given === null ? null : toText(toMinor(given ?? '', digits), digits));
  const changed = readProduct(host, id);
  const prices = changed.product.components.find((part) => part.id === component)?.prices;
  if (!prices) return refuse('unknown_option', `${id} has no component "${component}".`);
  let row = prices.find((entry) => entry.term === term && entry.currency === currency);
  if (!row) prices.push((row = { term, currency, price: null, setup: null, priceCost: null, setupCost: null }));
  if (edit.price !== undefined) row.price = amount(edit.price);
  if (edit.setup !== undefined) row.setup = amount(edit.setup);
  writeProduct(host, changed);
  emitCatalogueChanged(host, [id]);
}

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
