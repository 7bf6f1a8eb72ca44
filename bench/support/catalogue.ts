import type { CallResponse, Catalogue } from '../../hooks/contract/index.ts';

export type CatalogueAnswer = CallResponse<'catalogue.read'>;
type Component = Catalogue['products'][number]['components'][number];

const TERMS = { '1M': 1, '3M': 2.9, '6M': 5.6, '1Y': 10, '2Y': 19, '3Y': 27 };
const CURRENCIES = [
  { code: 'USD', digits: 2, rate: 1 },
  { code: 'EUR', digits: 2, rate: 0.9 },
  { code: 'JPY', digits: 0, rate: 150 },
];

type Option = NonNullable<Component['option']>;
const choice = (id: string, name: string): Option => ({ id, type: 'choice', choice: name, required: false });
const OPTIONS: [id: string, option: Option, price: number][] = [
  ...['4g', '8g', '16g', '32g'].map((name, at): [string, Option, number] => [
    `ram:${name}`,
    choice('ram', name),
    2 + 3 * at,
  ]),
  ...['nvme', 'raid', 'hdd'].map((name, at): [string, Option, number] => [
    `disk:${name}`,
    choice('disk', name),
    4 - at,
  ]),
  ['ip', { id: 'ip', type: 'quantity', min: 0, max: 16 }, 1.25],
  ['backup', { id: 'backup', type: 'flag' }, 2],
  ['panel', { id: 'panel', type: 'flag' }, 9.9],
];

/** Options of a product, and what one line of a quote chooses: base and three of them. */
export const OPTION_COUNT = OPTIONS.length;
export const CHOSEN = { ram: '8g', ip: 2, backup: true };
export const TERM_COUNT = Object.keys(TERMS).length;
export const CURRENCY_COUNT = CURRENCIES.length;
export const GROUPS = 20;

export function productId(index: number): string {
  return `product-${index}`;
}

/** A catalogue of `size` products with 6 terms, 3 currencies and 10 options each, and words for screens. */
export function makeCatalogue(size: number): CatalogueAnswer {
  const products = Array.from({ length: size }, (_, index) => ({
    id: productId(index),
    group: `group-${index % GROUPS}`,
    offered: true,
    components: [
      { id: 'base', kind: 'base', prices: pricesOf(5 + (index % 97) + index / 1000, 3) } as Component,
      ...OPTIONS.map(([id, option, price]): Component => ({ id, kind: 'option', option, prices: pricesOf(price) })),
    ],
  }));
  return {
    catalogue: {
      format: 'catalogue/1',
      catalogueTax: 'net',
      setupPerQuantity: false,
      currencies: CURRENCIES.map(({ code, digits }) => ({ code, digits })),
      products,
    },
    display: { groups: groupWords(), products: products.map(({ id }, index) => wordsOf(id, index)) },
  };
}

/** The base product has a setup fee and a cost, so that these paths are part of the work; options have neither. */
function pricesOf(monthly: number, setup?: number): Component['prices'] {
  return Object.entries(TERMS).flatMap(([term, times]) =>
    CURRENCIES.map(({ code, digits, rate }) => ({
      term,
      currency: code,
      price: (monthly * times * rate).toFixed(digits),
      setup: setup === undefined ? null : (setup * rate).toFixed(digits),
      priceCost: setup === undefined ? null : (monthly * times * rate * 0.4).toFixed(digits),
      setupCost: null,
    })),
  );
}

function groupWords(): CatalogueAnswer['display']['groups'] {
  return Array.from({ length: GROUPS }, (_, index) => ({ id: `group-${index}`, title: `Group ${index}` }));
}

function wordsOf(id: string, index: number): CatalogueAnswer['display']['products'][number] {
  const options = [...new Set(OPTIONS.map(([, option]) => option.id))].map((name) => ({
    id: name,
    title: name.toUpperCase(),
    choices: OPTIONS.flatMap(([, option]) =>
      option.id === name && option.type === 'choice' ? [{ id: option.choice, title: option.choice.toUpperCase() }] : [],
    ),
  }));
  return { id, title: `Server ${index}`, description: `A server, number ${index}`, addons: [], needs: null, options };
}
