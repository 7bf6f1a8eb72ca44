import { createInterface } from 'node:readline';
import { MedusaApp } from '@medusajs/framework/modules-sdk';

/*
 * Medusa's pricing module in a process of its own. PG_URL names an empty database; each line on standard input, such as
 * {"sets":1,"callers":10,"seconds":3}, is answered by one line of JSON. It ends when standard input does.
 */

const PRICE_SETS = 1000;
const GROUP = 'group_gold';
const context = { context: { currency_code: 'usd', customer: { groups: { id: [GROUP] } } } };

const clientUrl = process.env.PG_URL;
if (!clientUrl) throw new Error('Set PG_URL to an empty PostgreSQL database.');

/** Base prices in two currencies, and a sale list for one group of customers: what a reseller's discount would be. */
async function seed(pricing) {
  const sets = await pricing.createPriceSets(
    Array.from({ length: PRICE_SETS }, (_, index) => ({
      prices: [
        { amount: 1000 + index, currency_code: 'usd' },
        { amount: 900 + index, currency_code: 'eur' },
      ],
    })),
  );
  await pricing.createPriceLists([
    {
      title: 'Gold',
      description: 'Prices of the group',
      status: 'active',
      type: 'sale',
      rules: { 'customer.groups.id': [GROUP] },
      prices: sets.map(({ id }, index) => ({ amount: 700 + index, currency_code: 'usd', price_set_id: id })),
    },
  ]);
  return sets.map(({ id }) => id);
}

async function measure(pricing, ids, { sets, callers, seconds }) {
  const times = [];
  let next = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const call = async () => {
    while (performance.now() < end) {
      const id = Array.from({ length: sets }, (_, at) => ids[(next + at) % ids.length]);
      next += 1;
      const start = performance.now();
      await pricing.calculatePrices({ id }, context);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const elapsed = (performance.now() - begin) / 1000;
  times.sort((left, right) => left - right);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const app = await MedusaApp({
  modulesConfig: { pricing: { resolve: '@medusajs/pricing', options: { database: { clientUrl } } } },
  sharedResourcesConfig: { database: { clientUrl, driverOptions: { connection: { ssl: false } } } },
});
await app.runMigrations();
const { pricing } = app.modules;
const ids = await seed(pricing);
const [sample] = await pricing.calculatePrices({ id: [ids[0]] }, context);
if (Number(sample.calculated_amount) !== 700) throw new Error('The price list of the group does not apply.');
answer({ ready: true });
for await (const line of createInterface({ input: process.stdin }))
  answer(await measure(pricing, ids, JSON.parse(line)));
process.exit(0);
