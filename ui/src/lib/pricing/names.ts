import { api } from '#lib/api/client.ts';

/** What ids in rules are called. */
export interface Names {
  reseller(id: string): string;
  tier(id: string): string;
  product(id: string): string;
  group(id: string): string;
}

const companies = new Map<string, string>();

async function readCompany(id: string): Promise<void> {
  if (companies.has(id)) return;
  try {
    companies.set(id, (await api().resellers.get.query({ id })).company);
  } catch {
    // The id says enough; the list is not worth failing for it.
  }
}

/** Most products that are asked for at once, and most characters of their ids: a question stands in an address. */
const MOST = 100;
const MOST_TEXT = 3000;

function fitting(ids: Iterable<string>): string[] {
  const fits: string[] = [];
  let length = 0;
  for (const id of new Set(ids)) {
    length += encodeURIComponent(id).length + 9;
    if (length > MOST_TEXT || fits.length >= MOST) break;
    fits.push(id);
  }
  return fits;
}

/** Names for a page of rules. What is not found is called by its id. */
export async function readNames(
  resellers: Iterable<string>,
  products: Iterable<string>,
  currency: string,
): Promise<Names> {
  const wanted = fitting(products);
  const [tiers, explored] = await Promise.all([
    api().tiers.list.query({}),
    api().prices.explore.query({ currency, products: wanted, limit: MOST }),
    ...[...new Set(resellers)].map(readCompany),
  ]);
  const tierNames = new Map(tiers.rows.map((row) => [row.id, row.name]));
  const titles = new Map(explored.rows.map((row) => [row.product, row.title]));
  const groups = new Map(explored.groups.map((row) => [row.id, row.title]));
  return {
    reseller: (id) => companies.get(id) ?? id,
    tier: (id) => tierNames.get(id) ?? id,
    product: (id) => titles.get(id) ?? id,
    group: (id) => groups.get(id) ?? id,
  };
}
