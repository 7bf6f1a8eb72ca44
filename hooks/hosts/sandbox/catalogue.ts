import type { CallResponse, CatalogueDisplay } from '../../contract/index.ts';
import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import { emitCatalogueChanged, moneyOf, Refusal, toMinor, toText, type Host } from './kit.ts';

/** A product as catalogue/1 writes it, the words that screens show, and whether setting it up fails (to try that out). */
export type Product = { product: CatalogueProduct; display: CatalogueDisplay['products'][0]; failsSetup: boolean };
type Row = { json: string };

export function readProduct(host: Host, id: string): Product {
  const row = host.db.get<Row>('SELECT json FROM products WHERE id = ?', id);
  if (!row) throw new Refusal('unknown_product', `There is no product "${id}".`);
  return JSON.parse(row.json) as Product;
}

export function writeProduct(host: Host, product: Product): void {
  const sql = 'INSERT INTO products VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json';
  host.db.run(sql, product.product.id, JSON.stringify(product));
}

/** catalogue.read: everything the host sells, at retail. */
export function readCatalogue({ db }: Host): CallResponse<'catalogue.read'> {
  const products = db
    .all<Row>('SELECT json FROM products ORDER BY rowid')
    .map((row) => JSON.parse(row.json) as Product);
  const currencies = db.all<{ code: string; digits: number }>('SELECT code, digits FROM currencies ORDER BY rowid');
  const groups = db.all<{ id: string; title: string }>('SELECT id, title FROM product_groups ORDER BY rowid');
  const head = { format: 'catalogue/1', catalogueTax: 'net', setupPerQuantity: false, currencies } as const;
  return {
    catalogue: { ...head, products: products.map(({ product }) => product) },
    display: { groups, products: products.map(({ display }) => display) },
  };
}

type NewAmount = string | null | undefined;
export type PriceEdit = { component: string; term: string; currency: string; price: NewAmount; setup: NewAmount };

/** Staff change a retail price, or (null) stop selling it; the plugin is told. Running services keep what they have. */
export function editPrice(host: Host, id: string, { component, term, currency, ...edit }: PriceEdit): CatalogueProduct {
  const { digits } = moneyOf(host, currency);
  const amount = (value: string | null) => (value === null ? null : toText(toMinor(value, digits), digits));
  return host.db.transaction(() => {
    const changed = readProduct(host, id);
    const part = changed.product.components.find((entry) => entry.id === component);
    if (!part) throw new Refusal('unknown_option', `${id} has no component "${component}".`);
    let row = part.prices.find((price) => price.term === term && price.currency === currency);
    if (!row) part.prices.push((row = { term, currency, price: null, setup: null, priceCost: null, setupCost: null }));
    if (edit.price !== undefined) row.price = amount(edit.price);
    if (edit.setup !== undefined) row.setup = amount(edit.setup);
    writeProduct(host, changed);
    emitCatalogueChanged(host, [id]);
    return changed.product;
  });
}
