import type { CallResponse, CatalogueDisplay } from '../../contract/index.ts';
import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
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
