import type { HostCurrency, HostProduct } from '../../hooks/hosts/fossbilling/answers.ts';
import { fossbillingCatalogue } from '../../hooks/hosts/fossbilling/catalogue.ts';
import { hashOfChunk } from '../../hooks/contract/content-hash.ts';
import { priceChunk, type PriceChunk } from '../../hooks/contract/index.ts';
import { compile } from '../../server/pricing/compile.ts';
import { PricingError } from '../../server/pricing/errors.ts';
import { parseCatalogue, type Catalogue } from '../../server/pricing/formats/catalogue.ts';
import { checkRules } from '../../server/pricing/formats/check-rules.ts';
import { readJson } from '../../server/pricing/formats/json.ts';
import { parseOrder } from '../../server/pricing/formats/order.ts';
import type { PriceList } from '../../server/pricing/formats/price-list.ts';
import { checkReseller, parseReseller } from '../../server/pricing/formats/reseller.ts';
import { parseRules } from '../../server/pricing/formats/rules.ts';
import { readVectors, type Documents, type VectorCase } from '../vectors/read.ts';

/** What a bridge can do of the shared vectors, with the rows it would have pulled. */
export interface RowsForPhp {
  readonly cases: readonly object[];
  /** Names of the cases that no bridge can run: it has no rules, and nothing reaches it that was refused before. */
  readonly notForBridges: readonly string[];
}

/** The shared vectors with their rules evaluated: a bridge looks up, so it gets components and compiled rows instead. */
export function exportRows(): RowsForPhp {
  const cases: object[] = [];
  const notForBridges: string[] = [];
  for (const vector of readVectors()) {
    const exported = exportCase(vector);
    if (exported === null) notForBridges.push(`${vector.file}: ${vector.name}`);
    else cases.push({ name: `${vector.file}: ${vector.name}`, ...exported });
  }
  return { cases, notForBridges };
}

function exportCase({ command, input, expect }: VectorCase): object | null {
  if (command === 'publish') return null;
  if (command === 'guard') return { kind: 'guard', ...input, verdict: expect.verdict };
  if (command === 'compile' && expect.error !== undefined) return null;
  const host = input['fossbilling'] as { products: HostProduct[]; currencies: HostCurrency[] } | undefined;
  const raw = host && fossbillingCatalogue(host.products, host.currencies);
  try {
    const catalogue = parseCatalogue(raw ?? document(input, 'catalogue'));
    const rules = parseRules(document(input, 'rules'));
    checkRules(catalogue, rules);
    const reseller = parseReseller(document(input, 'reseller'));
    checkReseller(rules, reseller);
    const prices = pricesOf(catalogue, compile(catalogue, rules, reseller, String(input['at'])));
    // The contract ends at fifteen digits before the point: what is larger never reaches a bridge.
    if (!prices.products.every(({ chunk }) => priceChunk.safeParse(chunk).success)) return null;
    if (command === 'compile') return { kind: 'rows', ...prices, expect };
    return { kind: 'quote', ...prices, order: parseOrder(document(input, 'order')), expect };
  } catch (error) {
    if (error instanceof PricingError && expect.error !== undefined) return null;
    throw error;
  }
}

function document(input: Documents, name: 'catalogue' | 'rules' | 'reseller' | 'order'): unknown {
  const raw = (input['text'] as Record<string, string> | undefined)?.[name];
  return raw === undefined ? input[name] : readJson(raw, name);
}

type Content = Omit<PriceChunk, 'hash'>;

interface Prices extends Pick<Catalogue, 'currencies' | 'setupPerQuantity'> {
  products: { id: string; offered: boolean; chunk: PriceChunk }[];
}

function pricesOf(catalogue: Catalogue, list: PriceList): Prices {
  const { currencies, setupPerQuantity } = catalogue;
  const products = catalogue.products.map(({ id, offered, components }) => {
    const content: Content = {
      product: id,
      components: components.map(({ id: component, kind, option }) =>
        option === undefined ? { id: component, kind } : { id: component, kind, option },
      ),
      rows: list.rows.filter(({ product }) => product === id).map((row) => without(row, 'product', 'rule')),
      omitted: list.omitted.filter(({ product }) => product === id).map((row) => without(row, 'product')),
    };
    return { id, offered, chunk: { hash: hashOfChunk(content), ...content } };
  });
  return { currencies, setupPerQuantity, products };
}

/** A copy that lacks some fields. */
function without<Row extends object, Name extends keyof Row>(row: Row, ...names: Name[]): Omit<Row, Name> {
  const copy = { ...row };
  for (const name of names) delete copy[name];
  return copy;
}
