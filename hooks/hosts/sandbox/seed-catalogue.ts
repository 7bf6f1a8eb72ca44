import type { CatalogueProduct } from '../../contract/formats/catalogue.ts';
import type { Product } from './catalogue.ts';

/** Currency, digits, and what one US dollar of the price list is in it. */
export const seedCurrencies = { USD: [2, 1], EUR: [2, 0.9], JPY: [0, 150] } as const;
const groups = { vps: 'Virtual servers', hosting: 'Web hosting', dedicated: 'Dedicated servers', domains: 'Domains' };
export const seedGroups = { ...groups, addons: 'Add-ons and work' };

type Component = CatalogueProduct['components'][0];
/** A component with the words for its option and choice. */
type Part = { component: Component; option?: string; choice?: string };
/** Each term with the number of base prices that it costs. */
const SERVER = { '1M': 1, '3M': 3, '1Y': 10 };
const HOSTING = { '1M': 1, '1Y': 10 };
const YEARS = { '1Y': 1, '2Y': 2 };
const ONCE = { once: 1 };

/** An amount in a currency; yen are cut to tidy hundreds or tens. */
function amountIn(currency: keyof typeof seedCurrencies, usd: number): string {
  const [digits, rate] = seedCurrencies[currency];
  const tidy = usd * rate >= 500 ? 100 : 10;
  return (digits > 0 ? usd * rate : Math.floor((usd * rate) / tidy) * tidy).toFixed(digits);
}

type Money = { price: number; setup?: number; cost?: number };
function part(id: string, kind: Component['kind'], terms: Record<string, number>, { price, setup, cost }: Money): Part {
  const currencies = Object.keys(seedCurrencies) as (keyof typeof seedCurrencies)[];
  const prices = Object.entries(terms).flatMap(([term, times]) =>
    currencies.map((currency) => {
      const text = (usd: number | undefined, factor: number) =>
        usd === undefined ? null : amountIn(currency, usd * factor);
      const own = { term, currency, price: text(price, times), setup: text(setup, 1) };
      return Object.assign(own, { priceCost: text(cost, times), setupCost: null });
    }),
  );
  return { component: { id, kind, prices } };
}

function option(id: string, price: number, shape: NonNullable<Component['option']>, title: string, choice = ''): Part {
  const { component } = part(id, 'option', SERVER, { price, setup: 0 });
  return { component: { ...component, option: shape }, option: title, choice };
}

/** A virtual server with what it can be extended by: memory, addresses, backup. */
function server(price: number, setup: number, cost: number): Part[] {
  const memory = Object.entries({ '4g': 0, '8g': 3, '16g': 6 }).map(([choice, extra]) => {
    const shape = { id: 'ram', type: 'choice', choice, required: false } as const;
    return option(`ram:${choice}`, extra, shape, 'Memory', choice.replace('g', ' GB'));
  });
  const ip = option('ip', 1.25, { id: 'ip', type: 'quantity', min: 0, max: 16 }, 'Extra IPv4 addresses');
  const backup = option('backup', 2, { id: 'backup', type: 'flag' }, 'Daily backup');
  return [part('base', 'base', SERVER, { price, setup, cost }), ...memory, ip, backup];
}

function domain(register: number, renew: number): Part[] {
  const actions = Object.entries({ register, renew, transfer: renew });
  return actions.map(([action, price]) => part(action, 'domain', YEARS, { price }));
}

type Words = { title: string; description?: string; needs?: 'domain'; offered?: boolean; failsSetup?: boolean };
function product(group: string, id: string, words: Words, parts: Part[]): Product {
  const { title, description = null, needs = null, offered = true, failsSetup = false } = words;
  const options = new Map<string, Product['display']['options'][0]>();
  for (const { component, option: name = '', choice = '' } of parts) {
    if (!component.option) continue;
    const entry = options.get(component.option.id) ?? { id: component.option.id, title: name, choices: [] };
    if (component.option.type === 'choice') entry.choices.push({ id: component.option.choice, title: choice });
    options.set(entry.id, entry);
  }
  const addons = group === 'addons' || group === 'domains' ? [] : ['addon-support', 'migration'];
  const display = { id, title, description, addons, needs, options: [...options.values()] };
  return { product: { id, group, offered, components: parts.map(({ component }) => component) }, display, failsSetup };
}

const base = (terms: Record<string, number>, money: Money) => [part('base', 'base', terms, money)];
/** Everything the demo provider sells. */
export const seedProducts: Product[] = [
  product('vps', 'vps-s', { title: 'VPS S', description: '2 vCPU, 40 GB NVMe' }, server(10, 5, 4)),
  product('vps', 'vps-m', { title: 'VPS M', description: '4 vCPU, 80 GB NVMe' }, server(20, 5, 8)),
  product('vps', 'vps-l', { title: 'VPS L', description: '8 vCPU, 160 GB NVMe' }, server(40, 0, 17)),
  product('vps', 'vps-fail', { title: 'VPS Lab', description: 'Its setup fails', failsSetup: true }, server(4, 0, 2)),
  product('vps', 'vps-old', { title: 'VPS Classic', offered: false }, server(8, 5, 4)),
  product('hosting', 'web-start', { title: 'Web Start', description: '1 site, 10 GB' }, base(HOSTING, { price: 4 })),
  product('hosting', 'web-pro', { title: 'Web Pro', description: '10 sites, 50 GB' }, base(HOSTING, { price: 9.95 })),
  product('dedicated', 'ded-1', { title: 'Dedicated 1' }, base(SERVER, { price: 129, setup: 199, cost: 80 })),
  product('domains', 'domain-com', { title: '.com', needs: 'domain' }, domain(11.99, 13.99)),
  product('domains', 'domain-net', { title: '.net', needs: 'domain' }, domain(12.99, 14.99)),
  product('addons', 'addon-support', { title: 'Priority support' }, [part('base', 'addon', SERVER, { price: 15 })]),
  product('addons', 'migration', { title: 'Migration', description: 'We move your site' }, base(ONCE, { price: 49 })),
];
