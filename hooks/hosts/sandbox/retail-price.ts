import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { MoneyContext, OrderItem, PricedLine } from '../../contract/index.ts';
import { priceLine } from '../../prices/price-line.ts';
import { readProduct } from './catalogue.ts';
import { Refusal, toText, type Host } from './kit.ts';

type Components = CatalogueProduct['components'];

/** Options as forms and scripts write them ("2", "on"), read by what each option is; blank means not chosen. */
function readOptions(components: Components, given: OrderItem['options']): OrderItem['options'] {
  const read = Object.entries(given).map(([id, value]): [string, string | number | boolean] => {
    const type = components.find(({ option }) => option?.id === id)?.option?.type;
    if (type === 'choice') return [id, String(value)];
    if (type === 'quantity' && /^\d{1,9}$/.test(String(value))) return [id, Number(value)];
    if (type === 'flag' && ['true', 'on', '1'].includes(String(value))) return [id, true];
    if (type === 'flag' && ['false', 'off', '0'].includes(String(value))) return [id, false];
    return [id, value];
  });
  return Object.fromEntries(read.filter(([, value]) => value !== ''));
}

/**
 * What the host itself charges for a line. Refuses what it does not sell: unknown products, terms, currencies and
 * options, hidden products, quantities out of range.
 */
export function priceAtRetail(host: Host, { currency, digits }: MoneyContext, item: OrderItem): PricedLine {
  const { product, display } = readProduct(host, item.product);
  const { components } = product;
  if (!product.offered) throw new Refusal('not_offered', `"${item.product}" is not offered at the moment.`);
  if (display.needs !== null && !item.domain) {
    throw new Refusal('domain_required', `Write the name for "${item.product}", such as "domain": "example.com".`);
  }
  const options = readOptions(components, item.options);
  const isDomain = components.some(({ kind }) => kind === 'domain');
  const line = { ...item, options, ...(isDomain ? { action: item.action ?? 'register' } : {}) };

  const rows = components.flatMap(({ id, prices }) =>
    prices.flatMap(({ term, currency, price, setup }) => {
      if (price === null) return [];
      const row = { component: id, term, currency };
      const main = { ...row, charge: 'price' as const, retail: price, wholesale: price };
      return setup === null ? [main] : [main, { ...row, charge: 'setup' as const, retail: setup, wholesale: setup }];
    }),
  );
  const priced = priceLine({ components, rows, currency, digits, setupPerQuantity: false }, line);
  if ('refusal' in priced) throw new Refusal(priced.refusal.code, priced.refusal.message);
  const text = (minor: bigint) => toText(Number(minor), digits);
  const { retail, renewal, parts } = priced.value;
  return {
    ...line,
    unitPrice: text(retail.unit),
    price: text(retail.price),
    setup: text(retail.setup),
    renewal: renewal === null ? null : text(renewal),
    components: parts.map((part) => ({ ...part, unit: text(part.unit), amount: text(part.amount) })),
  };
}
