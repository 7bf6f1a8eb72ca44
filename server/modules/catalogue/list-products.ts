import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import type { StoredChunk } from '../price-list/reader.ts';
import { loadStanding } from '../reseller/standing.ts';
import { offeredProducts } from './offered-products.ts';
import type { ViewProduct } from './reader.ts';

/**
 * What the acting reseller can order in one currency, with wholesale beside retail, in the host's order. `search` looks
 * for a part of a product's id or title. @throws prices_missing, bad_input
 */
export const listProducts = verb({
  procedure: 'catalogue.products',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    currency: currencyCode.optional(),
    search: z.string().max(100).optional(),
    group: z.string().max(500).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(500).default(500),
  }),
  run: async (ctx, input) => {
    const { em, now, catalogue } = ctx;
    const standing = await loadStanding(em, actingReseller(ctx), now);
    const view = await catalogue.view(em, standing.catalogueReadAt);
    const currency = input.currency ?? standing.currency;
    if (!view.currencies.some(({ code }) => code === currency)) {
      throw new ServiceError('bad_input', `Nothing is sold in ${currency}.`, '/currency');
    }
    if (standing.listHash === null) {
      throw new ServiceError('prices_missing', 'Your prices are being worked out. Try again in a minute.');
    }
    const page = offeredProducts(view, input);
    const products = [];
    for (const product of page.rows) products.push(await describe(ctx, product, standing.listHash, currency));
    return {
      currency,
      currencies: view.currencies.map(({ code }) => code),
      taxMode: view.tax,
      groups: view.groups,
      products,
      total: page.total,
      cursor: page.cursor,
    };
  },
});

async function describe({ em, prices }: ServiceContext, product: ViewProduct, list: string, currency: string) {
  const chunk = await prices.find(em, list, product.id);
  const rows = (chunk?.rows ?? []).filter((row) => row.currency === currency);
  const main = mainComponents(chunk);
  const setups = new Map(
    rows.filter(({ charge }) => charge === 'setup').map((row) => [`${row.component} ${row.term}`, row]),
  );
  const terms = rows
    .filter((row) => row.charge === 'price' && main.has(row.component))
    .map(({ component, term, wholesale, retail, source, bp, adjusted }) => {
      const setup = setups.get(`${component} ${term}`);
      return {
        component,
        term,
        wholesale,
        retail,
        source,
        bp,
        adjusted,
        setupWholesale: setup?.wholesale ?? null,
        setupRetail: setup?.retail ?? null,
      };
    });
  return {
    id: product.id,
    group: product.group,
    title: product.words?.title ?? product.id,
    description: product.words?.description ?? null,
    addons: product.words?.addons ?? [],
    /** The products it is ordered with; null where it is ordered by itself. */
    addonTo: product.addonTo,
    needs: product.words?.needs ?? null,
    kind: chunk?.components.find(({ id }) => main.has(id))?.kind ?? 'base',
    terms,
    options: optionsOf(chunk, rows, product),
    notOffered: terms.length === 0 ? `This is not offered in ${currency}.` : null,
  };
}

/** What a line consists of before options: the base, the add-on itself, or a domain's actions. */
function mainComponents(chunk: StoredChunk | null): Set<string> {
  return new Set((chunk?.components ?? []).filter(({ option }) => option === undefined).map(({ id }) => id));
}

function optionsOf(chunk: StoredChunk | null, rows: StoredChunk['rows'], product: ViewProduct) {
  const options = new Map<
    string,
    {
      id: string;
      type: 'choice' | 'quantity' | 'flag';
      required: boolean;
      min: number;
      max: number;
      components: Map<string, string | null>;
    }
  >();
  for (const { id, option } of chunk?.components ?? []) {
    if (!option) continue;
    const held = options.get(option.id) ?? {
      id: option.id,
      type: option.type,
      required: option.type === 'choice' ? option.required : option.type === 'quantity' && option.min > 0,
      min: option.type === 'quantity' ? option.min : 0,
      max: option.type === 'quantity' ? option.max : 1,
      components: new Map<string, string | null>(),
    };
    held.components.set(id, option.type === 'choice' ? option.choice : null);
    options.set(option.id, held);
  }
  const setups = new Map(
    rows.filter(({ charge }) => charge === 'setup').map((row) => [`${row.component} ${row.term}`, row.wholesale]),
  );
  return [...options.values()].map(({ components, ...option }) => {
    const words = product.words?.options.find(({ id }) => id === option.id);
    return {
      ...option,
      title: words?.title ?? option.id,
      choices:
        words?.choices ??
        [...components.values()].filter((choice) => choice !== null).map((choice) => ({ id: choice, title: choice })),
      prices: rows
        .filter((row) => row.charge === 'price' && components.has(row.component))
        .map(({ component, term, wholesale, retail }) => ({
          term,
          choice: components.get(component) ?? null,
          wholesale,
          retail,
          setupWholesale: setups.get(`${component} ${term}`) ?? null,
        })),
    };
  });
}
