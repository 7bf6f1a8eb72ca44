import { afterAll, beforeAll, expect, test } from 'vitest';
import { editPrice } from '../../hooks/hosts/sandbox/catalogue.ts';
import { createKeys } from '../../hooks/transport/keys.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { assignPricesLater } from '../../server/modules/price-list/compile-ahead.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { resellerPermissions, systemPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { createService, type Service, systemActor } from '../../server/service.ts';
import { catalogueHost, makeCatalogue } from '../support/catalogue-host.ts';
import { freshDatabase } from '../support/database.ts';
import { startInstallation } from '../support/installation.ts';

const PRODUCTS = 2000;
const host = { current: makeCatalogue(PRODUCTS) };
let service: Service;
const resellers: string[] = [];

const admin = () => service.context({ kind: 'admin', id: 'admin:1', name: 'A', permissions: systemPermissions });
const as = (resellerId: string) =>
  service.context({ kind: 'reseller', id: 'client:1', name: 'R', resellerId, permissions: resellerPermissions });

beforeAll(async () => {
  service = await createService({
    databaseUrl: await freshDatabase(),
    keys: createKeys(),
    host: catalogueHost(host),
    log: createLog('silent'),
    hostOrigin: 'http://127.0.0.1',
    workers: false,
  });
  await syncCatalogue(service.context(systemActor), {});
  for (const [client, tierId, ownDiscountBp] of [
    ['a', 'gold', null],
    ['b', 'gold', null],
    ['c', 'silver', null],
    ['d', 'bronze', 2000],
  ] as const) {
    const { id } = await createReseller(admin(), { hostClientId: client, company: client, tierId, ownDiscountBp });
    await assignPricesLater(service.context(systemActor), { resellerIds: [id] });
    resellers.push(id);
  }
});
afterAll(() => service.stop());

/** Every row of the price tables with the transaction that wrote it: a row that was touched has another one. */
async function rows(table: string): Promise<Map<string, string>> {
  const found = await service.orm.em
    .fork()
    .execute<{ key: string; xmin: string }[]>(
      `select ${table === 'price_list_version' ? `rule_set || current_from::text` : 'hash'} as key, xmin::text as xmin from ${table}`,
    );
  return new Map(found.map((row) => [row.key, row.xmin]));
}

async function quoteOf(resellerId: string, product: string): Promise<string> {
  const quote = await createQuote(as(resellerId), {
    currency: 'USD',
    lines: [{ product, term: '1M', quantity: 1, options: {} }],
  });
  return quote.dueNow;
}

test('resellers whose rules have equal values share a rule set', async () => {
  const used = await service.orm.em
    .fork()
    .execute<{ n: number }[]>(
      'select count(distinct rule_set)::int as n from price_assignment where replaced_at is null',
    );
  expect(used[0]?.n).toBe(3);
});

test('one changed price of 2,000 products writes one chunk for each rule set in use and touches no other row', async () => {
  const before = {
    chunks: await rows('price_chunk'),
    pages: await rows('price_page'),
    lists: await rows('price_list'),
    versions: await rows('price_list_version'),
  };
  host.current.catalogue.products[777]!.components[0]!.prices[0]!.price = '1234.50';
  const { written } = await syncCatalogue(service.context(systemActor), {});
  // Three rule sets; gold by tier and 20 % of one's own differ in their source, so their chunks differ too.
  expect(written).toEqual({ chunks: 3, pages: 3, lists: 3 });

  const after = {
    chunks: await rows('price_chunk'),
    pages: await rows('price_page'),
    lists: await rows('price_list'),
    versions: await rows('price_list_version'),
  };
  for (const table of ['chunks', 'pages', 'lists', 'versions'] as const) {
    expect(after[table].size - before[table].size).toBe(3);
    for (const [key, xmin] of before[table]) expect(after[table].get(key)).toBe(xmin);
  }
  expect(await quoteOf(resellers[0]!, 'product-777')).toBe('987.60');
});

test('a compile from nothing gives the same hash as all the small steps', async () => {
  const em = service.orm.em.fork();
  const current = async () =>
    (
      await em.execute<{ rule_set: string; list_hash: string }[]>(
        'select distinct on (rule_set) rule_set, list_hash from price_list_version order by rule_set, current_from desc',
      )
    ).map(({ rule_set, list_hash }) => `${rule_set} ${list_hash}`);
  const small = await current();
  await em.execute(
    'truncate price_list_version, price_assignment, price_chunk_source, price_chunk, price_page, price_list cascade',
  );
  const { assignPrices } = await import('../../server/modules/price-list/assign.ts');
  await service.orm.em.fork().transactional(async (inner) => {
    await assignPrices({ ...service.context(systemActor), em: inner }, null, { compile: 'here' });
  });
  expect(await current()).toEqual(small);
});

test('an unchanged catalogue writes nothing', async () => {
  const { written, changed } = await syncCatalogue(service.context(systemActor), {});
  expect({ written, changed }).toEqual({ written: { chunks: 0, pages: 0, lists: 0 }, changed: 0 });
});

test('a rule set that comes back into use has the prices of today', async () => {
  const move = async (tierId: string) => {
    const { version } = await getReseller(admin(), { id: resellers[2]! });
    await setTerms(admin(), { id: resellers[2]!, version, tierId, ownDiscountBp: null });
    await assignPricesLater(service.context(systemActor), { resellerIds: [resellers[2]!] });
  };
  await move('diamond');
  host.current.catalogue.products[5]!.components[0]!.prices[0]!.price = '200.00';
  await syncCatalogue(service.context(systemActor), {});
  await move('silver');
  expect(await quoteOf(resellers[2]!, 'product-5')).toBe('170.00');
});

test('a product that left the catalogue cannot be ordered, and one that joined can', async () => {
  host.current.catalogue.products.splice(9, 1);
  host.current.catalogue.products.push({ ...makeCatalogue(1).catalogue.products[0]!, id: 'new-one' });
  await syncCatalogue(service.context(systemActor), {});
  await expect(quoteOf(resellers[0]!, 'product-9')).rejects.toMatchObject({ code: 'bad_input' });
  expect(await quoteOf(resellers[0]!, 'new-one')).toBe('8.00');
});

test('terms that need every product compiled anew are left to a job, and orders go on at the old prices until then', async () => {
  const [id] = resellers as [string];
  const before = await quoteOf(id, 'product-5');
  const { version } = await getReseller(admin(), { id });
  await setTerms(admin(), { id, version, tierId: 'gold', ownDiscountBp: 3300 });
  expect(await quoteOf(id, 'product-5')).toBe(before);
  // What changes in the catalogue meanwhile reaches those whose terms stayed, and the new list as well.
  host.current.catalogue.products[5]!.components[0]!.prices[0]!.price = '300.00';
  await syncCatalogue(service.context(systemActor), {});
  expect(await quoteOf(resellers[1]!, 'product-5')).toBe('240.00');
  await assignPricesLater(service.context(systemActor), { resellerIds: [id], lowerLocks: true });
  expect(await quoteOf(id, 'product-5')).toBe('201.00');
  const jobs = await service.orm.em
    .fork()
    .execute<{ name: string }[]>("select name from jobs.job where data ->> 'resellerId' = ? and name = 'lower-locks'", [
      id,
    ]);
  expect(jobs.length).toBeGreaterThan(0);
});

test('a rule set whose list missed a change of the catalogue is compiled anew before somebody moves to it', async () => {
  const [one, two] = resellers as [string, string];
  const terms = async (id: string, ownDiscountBp: number | null) => {
    const { version } = await getReseller(admin(), { id });
    await setTerms(admin(), { id, version, tierId: 'gold', ownDiscountBp });
  };
  await terms(one, 4500);
  // Nobody stands for the list of 33 % any more, although it is still used: it misses this price.
  host.current.catalogue.products[6]!.components[0]!.prices[0]!.price = '100.00';
  await syncCatalogue(service.context(systemActor), {});
  await terms(two, 3300);
  await assignPricesLater(service.context(systemActor), { resellerIds: [two] });
  expect(await quoteOf(two, 'product-6')).toBe('67.00');
  await assignPricesLater(service.context(systemActor), { resellerIds: [one] });
  expect(await quoteOf(one, 'product-6')).toBe('55.00');
});

test('a catalogue that changes before there is a reseller is read like any other', async () => {
  const it = await startInstallation();
  try {
    const edit = { component: 'base', term: '1M', currency: 'USD', price: '11.00', setup: '5.00' };
    editPrice(it.sandbox.host, 'vps-s', edit);
    expect(await syncCatalogue(it.system(), {})).toMatchObject({ changed: 1 });
    const reseller = await it.makeReseller();
    const { lines } = await createQuote(it.as(reseller), {
      currency: 'USD',
      lines: [{ product: 'vps-s', term: '1M', quantity: 1, options: {} }],
    });
    expect(lines[0]).toMatchObject({ price: '8.80' });
  } finally {
    await it.stop();
  }
});
