import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { Product } from './catalogue.ts';

/** Currency, digits, and what one US dollar of the price list is in it. Yen prices are cut to tidy amounts. */
export const seedCurrencies: [code: string, digits: number, rate: number][] = [
  ['USD', 2, 1],
  ['EUR', 2, 0.9],
  ['JPY', 0, 150],
];
export const seedGroups: Record<string, string> = {
  vps: 'Virtual servers',
  hosting: 'Web hosting',
  dedicated: 'Dedicated servers',
  domains: 'Domains',
  addons: 'Add-ons and work',
};

type Component = CatalogueProduct['components'][0];
/** A component with the words for its option and choice. */
type Part = Component & { optionTitle?: string; choiceTitle?: string };
/** Each term with the number of base prices that it costs. */
const SERVER = { '1M': 1, '3M': 3, '1Y': 10 };
const HOSTING = { '1M': 1, '1Y': 10 };
const YEARS = { '1Y': 1, '2Y': 2 };
const ONCE = { once: 1 };

function part(
  id: string,
  kind: Component['kind'],
  terms: Record<string, number>,
  price: number,
  setup?: number,
  cost?: number,
): Part {
  const amount = (usd: number | undefined, [, digits, rate]: (typeof seedCurrencies)[0]) => {
    if (usd === undefined) return null;
    const tidy = digits > 0 ? 10 ** -digits : usd * rate >= 500 ? 100 : 10;
    return (digits > 0 ? usd * rate : Math.floor((usd * rate) / tidy) * tidy).toFixed(digits);
  };
  const prices = Object.entries(terms).flatMap(([term, times]) =>
    seedCurrencies.map((money) => {
      const own = { term, currency: money[0], price: amount(price * times, money), setup: amount(setup, money) };
      return { ...own, priceCost: cost === undefined ? null : amount(cost * times, money), setupCost: null };
    }),
  );
  return { id, kind, prices };
}

/** A virtual server with what it can be extended by: memory, addresses, backup. */
function server(price: number, setup: number, cost: number): Part[] {
  const memory = [['4g', 0], ['8g', 3], ['16g', 6]] as const; // prettier-ignore
  return [
    part('base', 'base', SERVER, price, setup, cost),
    ...memory.map(([choice, extra]): Part => {
      const option = { id: 'ram', type: 'choice', choice, required: false } as const;
      const words = { optionTitle: 'Memory', choiceTitle: choice.replace('g', ' GB') };
      return { ...part(`ram:${choice}`, 'option', SERVER, extra, 0), option, ...words };
    }),
    {
      ...part('ip', 'option', SERVER, 1.25, 0),
      option: { id: 'ip', type: 'quantity', min: 0, max: 16 },
      optionTitle: 'Extra IPv4 addresses',
    },
    { ...part('backup', 'option', SERVER, 2, 0), option: { id: 'backup', type: 'flag' }, optionTitle: 'Daily backup' },
  ];
}

function domain(register: number, renew: number): Part[] {
  return Object.entries({ register, renew, transfer: renew }).map(([action, price]) =>
    part(action, 'domain', YEARS, price),
  );
}

type More = { needs?: 'domain'; offered?: boolean; failsSetup?: boolean };
function product(
  id: string,
  group: string,
  title: string,
  description: string | null,
  parts: Part[],
  more: More = {},
): Product {
  const { needs = null, offered = true, failsSetup = false } = more;
  const components = parts.map(({ optionTitle: _option, choiceTitle: _choice, ...component }) => component);
  const options = [...new Set(parts.flatMap(({ option }) => option?.id ?? []))].map((name) => {
    const own = parts.filter(({ option }) => option?.id === name);
    const choices = own.flatMap(({ option, choiceTitle = '' }) =>
      option?.type === 'choice' ? [{ id: option.choice, title: choiceTitle }] : [],
    );
    return { id: name, title: own[0]?.optionTitle ?? name, choices };
  });
  const addons = group === 'addons' || group === 'domains' ? [] : ['addon-support', 'migration'];
  return {
    product: { id, group, offered, components },
    display: { id, title, description, addons, needs, options },
    failsSetup,
  };
}

/** Everything the demo provider sells. */
export const seedProducts: Product[] = [
  product('vps-s', 'vps', 'VPS S', '2 vCPU, 40 GB NVMe', server(10, 5, 4)),
  product('vps-m', 'vps', 'VPS M', '4 vCPU, 80 GB NVMe', server(20, 5, 8)),
  product('vps-l', 'vps', 'VPS L', '8 vCPU, 160 GB NVMe', server(40, 0, 17)),
  product('vps-fail', 'vps', 'VPS Lab', 'Its setup fails, to try that out', server(4, 0, 2), { failsSetup: true }),
  product('vps-old', 'vps', 'VPS Classic', null, server(8, 5, 4), { offered: false }),
  product('web-start', 'hosting', 'Web Start', '1 site, 10 GB', [part('base', 'base', HOSTING, 4)]),
  product('web-pro', 'hosting', 'Web Pro', '10 sites, 50 GB', [part('base', 'base', HOSTING, 9.95)]),
  product('ded-1', 'dedicated', 'Dedicated 1', '16 cores, 64 GB, 2 × 1 TB NVMe', [
    part('base', 'base', SERVER, 129, 199, 80),
  ]),
  product('domain-com', 'domains', '.com', null, domain(11.99, 13.99), { needs: 'domain' }),
  product('domain-net', 'domains', '.net', null, domain(12.99, 14.99), { needs: 'domain' }),
  product('addon-support', 'addons', 'Priority support', 'An answer within an hour', [
    part('base', 'addon', SERVER, 15),
  ]),
  product('migration', 'addons', 'Migration', 'We move your site, once', [part('base', 'base', ONCE, 49)]),
];
