import { pricedText } from '../../bridge/price-item.ts';
import type { MoneyContext, OrderItem, PricedLine } from '../../contract/index.ts';
import { priceLine } from '../../prices/price-line.ts';
import { readProduct, type Product } from './catalogue.ts';
import { refuse, type Host } from './kit.ts';

type Components = Product['product']['components'];
const flags: Record<string, boolean> = { true: true, on: true, '1': true, false: false, off: false, '0': false };

/** Options as forms and scripts write them ("2", "on"), read by what each option is; blank means not chosen. */
function readOptions(components: Components, given: OrderItem['options']): OrderItem['options'] {
  const read = Object.entries(given).map(([id, value]): [string, string | number | boolean] => {
    const type = components.find(({ option }) => option?.id === id)?.option?.type;
    if (type === 'choice') return [id, String(value)];
    if (type === 'flag') return [id, flags[String(value)] ?? value];
    return [id, type === 'quantity' && /^\d{1,9}$/.test(String(value)) ? Number(value) : value];
  });
  return Object.fromEntries(read.filter(([, value]) => value !== ''));
}

/** A price list at which wholesale is retail. */
function retailRows(components: Components) {
  const cells = components.flatMap(({ id, prices }) => prices.map((cell) => ({ component: id, ...cell })));
  return cells.flatMap(({ component, term, currency, price, setup }) => {
    const charge = (name: 'price' | 'setup', retail: string) => {
      return { component, term, currency, charge: name, retail, wholesale: retail };
    };
    return price === null ? [] : [charge('price', price), charge('setup', setup ?? '0')];
  });
}

/**
 * What the host itself charges for a line. Refuses what it does not sell: unknown products, terms, currencies and
 * options, hidden products, quantities out of range.
 */
export function priceAtRetail(host: Host, { currency, digits }: MoneyContext, item: OrderItem): PricedLine {
  const { product, display } = readProduct(host, item.product);
  const { components, offered } = product;
  if (!offered) refuse('not_offered', `"${item.product}" is not offered at the moment.`);
  if (display.needs && !item.domain) refuse('domain_required', `Write the name for "${item.product}" as "domain".`);
  const action = components.some(({ kind }) => kind === 'domain') ? (item.action ?? 'register') : item.action;
  const line = { ...item, options: readOptions(components, item.options), ...(action && { action }) };
  const list = { components, rows: retailRows(components), currency, digits, setupPerQuantity: false };
  const priced = priceLine(list, line);
  if ('refusal' in priced) return refuse(priced.refusal.code, priced.refusal.message);
  return pricedText(line, priced.value, digits);
}
