import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { Product } from './catalogue.ts';

/** The currencies sold in: digits, and what one US dollar of the price list is. */
export const seedCurrencies = [
  { code: 'USD', digits: 2, rate: 1 },
  { code: 'EUR', digits: 2, rate: 0.9 },
  { code: 'JPY', digits: 0, rate: 150 },
];
const groups = { vps: 'Virtual servers', hosting: 'Web hosting', dedicated: 'Dedicated servers', domains: 'Domains' };
export const seedGroups = { ...groups, addons: 'Add-ons and work' };

type Component = CatalogueProduct['components'][0];
type Words = Product['display']['options'][0];
/** Each term with the number of base prices that it costs. */
const SERVER = { '1M': 1, '3M': 3, '1Y': 10 };
const HOSTING = { '1M': 1, '1Y': 10 };
const YEARS = { '1Y': 1, '2Y': 2 };
const ONCE = { once: 1 };

/** US dollars for the first term; null where nothing is charged or known. */
type Dollars = { price: number; setup?: number; cost?: number };

/** A component in all terms and currencies; yen are cut to tidy hundreds or tens. */
function part(id: string, kind: Component['kind'], terms: Record<string, number>, dollars: Dollars): Component {
  const prices = Object.entries(terms).flatMap(([term, times]) =>
    seedCurrencies.map(({ code: currency, digits, rate }) => {
      const text = (usd: number | undefined) => {
        if (usd === undefined) return null;
        const tidy = usd * rate >= 500 ? 100 : 10;
        return (digits > 0 ? usd * rate : Math.floor((usd * rate) / tidy) * tidy).toFixed(digits);
      };
      const { price, setup, cost } = dollars;
      const priceCost = text(cost && cost * times);
      return { term, currency, price: text(price * times), setup: text(setup), priceCost, setupCost: null };
    }),
  );
  return { id, kind, prices };
}

/** What a virtual server can be extended by: memory, addresses, backup. */
const option = (id: string, price: number, shape: NonNullable<Component['option']>): Component => ({
  ...part(id, 'option', SERVER, { price, setup: 0 }),
  option: shape,
});
const choices = Object.entries({ '4g': 0, '8g': 3, '16g': 6 });
const extras: Component[] = [
  ...choices.map(([choice, price]) =>
    option(`ram:${choice}`, price, { id: 'ram', type: 'choice', choice, required: false }),
  ),
  option('ip', 1.25, { id: 'ip', type: 'quantity', min: 0, max: 16 }),
  option('backup', 2, { id: 'backup', type: 'flag' }),
];
const extraWords: Words[] = [
  { id: 'ram', title: 'Memory', choices: choices.map(([id]) => ({ id, title: id.replace('g', ' GB') })) },
  { id: 'ip', title: 'Extra IPv4 addresses', choices: [] },
  { id: 'backup', title: 'Daily backup', choices: [] },
];

const base = (terms: Record<string, number>, dollars: Dollars) => [part('base', 'base', terms, dollars)];
const server = (price: number, setup: number, cost: number) => [...base(SERVER, { price, setup, cost }), ...extras];
const domain = (register: number, renew: number) =>
  Object.entries({ register, renew, transfer: renew }).map(([action, price]) =>
    part(action, 'domain', YEARS, { price }),
  );

type Facts = { description?: string; offered?: boolean; failsSetup?: boolean };
function product(group: string, id: string, title: string, components: Component[], facts: Facts = {}): Product {
  const { description = null, offered = true, failsSetup = false } = facts;
  const isExtra = group === 'addons' || group === 'domains';
  const addons = isExtra ? [] : ['addon-support', 'migration'];
  const options = group === 'vps' ? extraWords : [];
  const display = { id, title, description, addons, needs: group === 'domains' ? ('domain' as const) : null, options };
  return { product: { id, group, offered, components }, display, failsSetup };
}

/** Everything the demo provider sells. */
export const seedProducts: Product[] = [
  product('vps', 'vps-s', 'VPS S', server(10, 5, 4), { description: '2 vCPU, 40 GB NVMe' }),
  product('vps', 'vps-m', 'VPS M', server(20, 5, 8), { description: '4 vCPU, 80 GB NVMe' }),
  product('vps', 'vps-l', 'VPS L', server(40, 0, 17), { description: '8 vCPU, 160 GB NVMe' }),
  product('vps', 'vps-fail', 'VPS Lab', server(4, 0, 2), { description: 'Its setup fails', failsSetup: true }),
  product('vps', 'vps-old', 'VPS Classic', server(8, 5, 4), { offered: false }),
  product('hosting', 'web-start', 'Web Start', base(HOSTING, { price: 4 }), { description: '1 site, 10 GB' }),
  product('hosting', 'web-pro', 'Web Pro', base(HOSTING, { price: 9.95 }), { description: '10 sites, 50 GB' }),
  product('dedicated', 'ded-1', 'Dedicated 1', base(SERVER, { price: 129, setup: 199, cost: 80 })),
  product('domains', 'domain-com', '.com', domain(11.99, 13.99)),
  product('domains', 'domain-net', '.net', domain(12.99, 14.99)),
  product('addons', 'addon-support', 'Priority support', [part('base', 'addon', SERVER, { price: 15 })]),
  product('addons', 'migration', 'Migration', base(ONCE, { price: 49 }), { description: 'We move your site' }),
];
