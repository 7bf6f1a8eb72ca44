import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { writeCsv } from '../../csv.ts';
import { verb } from '../../verb.ts';
import { OwnPriceList } from './entity.ts';
import { loadOwnRules } from './load.ts';
import { linesOf, type OpenList, openList } from './lines.ts';
import { printList } from './print.ts';

const COLUMNS = ['product', 'title', 'component', 'part', 'term', 'charge', 'currency', 'your_price'] as const;
const OWN_COLUMNS = [...COLUMNS, 'wholesale', 'retail', 'margin', 'valid_from'] as const;

/**
 * The price list as a CSV file: with wholesale and margin for the reseller itself, or to hand on, with its own prices and
 * nothing else. Lines without an own price are left out of what is handed on. @throws prices_missing, bad_input
 */
export const exportOwnPrices = verb({
  procedure: 'ownPrices.exportCsv',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({ currency: currencyCode.optional(), for: z.enum(['myself', 'customers']).default('myself') }),
  run: async (ctx, input) => {
    const list = await openList(ctx, input.currency);
    const rows = (await readAll(ctx, list)).flatMap(({ product, lines }) =>
      lines.map((line) => ({
        product: product.id,
        title: product.words?.title ?? product.id,
        component: line.component,
        part: line.title,
        term: line.term,
        charge: line.charge,
        currency: list.currency,
        your_price: line.own?.price ?? null,
        wholesale: line.wholesale,
        retail: line.retail,
        // A number, so that a loss is not taken for a formula.
        margin: line.own === null ? null : Number(line.own.margin),
        valid_from: ctx.now.toISOString(),
      })),
    );
    const name = `prices-${list.currency.toLowerCase()}.csv`;
    if (input.for === 'myself') return { name, csv: writeCsv<string>(OWN_COLUMNS, rows) };
    return {
      name,
      csv: writeCsv<string>(
        COLUMNS,
        rows.filter(({ your_price }) => your_price !== null),
      ),
    };
  },
});

/** The price list to print or hand on, as an HTML page under the reseller's own name. @throws prices_missing, bad_input */
export const printOwnPrices = verb({
  procedure: 'ownPrices.print',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({ currency: currencyCode.optional(), language: z.enum(['en', 'de']).default('en') }),
  run: async (ctx, input) => {
    const list = await openList(ctx, input.currency);
    const head = await ctx.em.findOne(OwnPriceList, { resellerId: list.standing.resellerId });
    const products = (await readAll(ctx, list)).map(({ product, lines }) => ({
      title: product.words?.title ?? product.id,
      lines: lines.flatMap(({ title, term, charge, own }) => {
        const free = own !== null && charge === 'setup' && !/[1-9]/.test(own.price);
        return own && !free ? [{ title, term, charge, price: own.price }] : [];
      }),
    }));
    return {
      html: printList({
        heading: head?.heading ?? list.standing.company,
        note: head?.note ?? null,
        currency: list.currency,
        tax: list.view.tax,
        day: ctx.now.toISOString().slice(0, 10),
        language: input.language,
        products: products.filter(({ lines }) => lines.length > 0),
      }),
    };
  },
});

async function readAll(ctx: ServiceContext, list: OpenList) {
  const rules = await loadOwnRules(ctx.em, list.standing.resellerId);
  const products = [...list.view.products.values()].filter(({ offered }) => offered);
  const all = [];
  for (const product of products) all.push({ product, lines: await linesOf(ctx, list, product, rules, null) });
  return all;
}
