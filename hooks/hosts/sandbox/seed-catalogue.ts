import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { Product } from './catalogue.ts';

/** Each currency with its digits. Amounts below are in this order. */
export const seedCurrencies = [['USD', 2], ['EUR', 2], ['JPY', 0]] as const; // prettier-ignore
export const seedGroups = [
  ['vps', 'Virtual servers'],
  ['hosting', 'Web hosting'],
  ['dedicated', 'Dedicated servers'],
  ['domains', 'Domains'],
  ['addons', 'Add-ons and work'],
] as const;

type Amounts = readonly [number, number, number];
type Part = { component: CatalogueProduct['components'][0]; choice?: string; optionTitle?: string };
type Terms = Record<string, number>;
type Money = { price: Amounts; setup?: Amounts; cost?: Amounts };
const SERVER: Terms = { '1M': 1, '3M': 3, '1Y': 10 };
const HOSTING: Terms = { '1M': 1, '1Y': 10 };
const YEARS: Terms = { '1Y': 1, '2Y': 2 };
const ONCE: Terms = { once: 1 };

function component(
  id: string,
  kind: 'base' | 'option' | 'addon' | 'domain',
  terms: Terms,
  { price, setup, cost }: Money,
): Part {
  const prices = Object.entries(terms).flatMap(([term, factor]) =>
    seedCurrencies.map(([currency, digits], index) => {
      const text = (amounts: Amounts | undefined, times: number) =>
        amounts ? ((amounts[index] ?? 0) * times).toFixed(digits) : null;
      return {
        term,
        currency,
        price: text(price, factor),
        setup: text(setup, 1),
        priceCost: text(cost, factor),
        setupCost: null,
      };
    }),
  );
  return { component: { id, kind, prices } };
}

function choices(id: string, optionTitle: string, list: [id: string, title: string, price: Amounts][]): Part[] {
  return list.map(([choice, title, price]) => {
    const option = { id, type: 'choice', choice, required: false } as const;
    return {
      component: { ...component(`${id}:${choice}`, 'option', SERVER, { price }).component, option },
      choice: title,
      optionTitle,
    };
  });
}

/** What every virtual server can be extended with. */
function serverOptions(): Part[] {
  const ip = component('ip', 'option', SERVER, { price: [1.25, 1.1, 180] }).component;
  const backup = component('backup', 'option', SERVER, { price: [2, 1.8, 300] }).component;
  return [
    ...choices('ram', 'Memory', [['4g', '4 GB', [0, 0, 0]], ['8g', '8 GB', [3, 2.7, 450]], ['16g', '16 GB', [6, 5.4, 900]]]), // prettier-ignore
    {
      component: { ...ip, option: { id: 'ip', type: 'quantity', min: 0, max: 16 } },
      optionTitle: 'Extra IPv4 addresses',
    },
    { component: { ...backup, option: { id: 'backup', type: 'flag' } }, optionTitle: 'Daily backup' },
  ];
}

type More = { description?: string; needs?: 'domain'; offered?: boolean; failsSetup?: boolean; addons?: string[] };
function product(id: string, group: string, title: string, parts: Part[], more: More = {}): Product {
  const options = new Map<string, Product['display']['options'][0]>();
  for (const { component, choice, optionTitle = '' } of parts) {
    if (!component.option) continue;
    const option = options.get(component.option.id) ?? { id: component.option.id, title: optionTitle, choices: [] };
    if (component.option.type === 'choice') option.choices.push({ id: component.option.choice, title: choice ?? '' });
    options.set(option.id, option);
  }
  const { description = null, needs = null, addons = [], offered = true, failsSetup = false } = more;
  return {
    product: { id, group, offered, components: parts.map((part) => part.component) },
    display: { id, title, description, addons, needs, options: [...options.values()] },
    failsSetup,
  };
}

const base = (terms: Terms, money: Money) => component('base', 'base', terms, money);
const domain = (register: Amounts, renew: Amounts) => [
  component('register', 'domain', YEARS, { price: register }),
  component('renew', 'domain', YEARS, { price: renew }),
  component('transfer', 'domain', YEARS, { price: renew }),
];
const vps = (price: Amounts, setup: Amounts, cost: Amounts) => [
  base(SERVER, { price, setup, cost }),
  ...serverOptions(),
];
const help = { addons: ['addon-support', 'migration'] };

/** Everything the demo provider sells. */
export const seedProducts: Product[] = [
  product('vps-s', 'vps', 'VPS S', vps([10, 9, 1500], [5, 4.5, 700], [4, 3.6, 600]), {
    description: '2 vCPU, 40 GB NVMe',
    ...help,
  }),
  product('vps-m', 'vps', 'VPS M', vps([20, 18, 3000], [5, 4.5, 700], [8, 7.2, 1200]), {
    description: '4 vCPU, 80 GB NVMe',
    ...help,
  }),
  product('vps-l', 'vps', 'VPS L', vps([40, 36, 6000], [0, 0, 0], [17, 15, 2500]), {
    description: '8 vCPU, 160 GB NVMe',
    ...help,
  }),
  product('vps-fail', 'vps', 'VPS Lab', vps([4, 3.6, 600], [0, 0, 0], [2, 1.8, 300]), {
    description: 'Its setup fails, to try that out',
    failsSetup: true,
  }),
  product('vps-old', 'vps', 'VPS Classic', vps([8, 7, 1200], [5, 4.5, 700], [4, 3.6, 600]), { offered: false }),
  product('web-start', 'hosting', 'Web Start', [base(HOSTING, { price: [4, 3.6, 600] })], {
    description: '1 site, 10 GB',
    ...help,
  }),
  product('web-pro', 'hosting', 'Web Pro', [base(HOSTING, { price: [9.95, 8.95, 1490] })], {
    description: '10 sites, 50 GB',
    ...help,
  }),
  product(
    'ded-1',
    'dedicated',
    'Dedicated 1',
    [base(SERVER, { price: [129, 119, 19000], setup: [199, 179, 29000], cost: [80, 72, 12000] })],
    {
      description: '16 cores, 64 GB, 2 × 1 TB NVMe',
    },
  ),
  product('domain-com', 'domains', '.com', domain([11.99, 10.99, 1790], [13.99, 12.99, 2090]), { needs: 'domain' }),
  product('domain-net', 'domains', '.net', domain([12.99, 11.99, 1990], [14.99, 13.99, 2290]), { needs: 'domain' }),
  product('addon-support', 'addons', 'Priority support', [
    component('base', 'addon', SERVER, { price: [15, 14, 2300] }),
  ]),
  product('migration', 'addons', 'Migration', [base(ONCE, { price: [49, 45, 7400] })], {
    description: 'We move your site, once',
  }),
];
