import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import { parseAmount } from '../../money.ts';
import { verb } from '../../verb.ts';
import { offeredProducts } from '../catalogue/offered-products.ts';
import { loadOwnRules } from './load.ts';
import { linesOf, openList, type OwnListLine } from './lines.ts';
import { ownRuleInput } from './schemas.ts';

/**
 * The acting reseller's price list: what it pays, retail, its own price and margin, product by product in the host's order.
 * With `proposed` rules, what each price would be if they were added to (or, by id, put in place of) the saved ones: a
 * preview that saves nothing. @throws prices_missing, bad_input
 */
export const listOwnPrices = verb({
  procedure: 'ownPrices.list',
  permission: 'prices:read',
  mode: 'read',
  input: z.object({
    currency: currencyCode.optional(),
    search: z.string().max(100).optional(),
    /** This product only. */
    product: z.string().max(120).optional(),
    group: z.string().max(500).optional(),
    term: z.string().max(10).optional(),
    proposed: z.array(ownRuleInput).max(200).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  run: async (ctx, input) => {
    const list = await openList(ctx, input.currency);
    const { view, standing, currency, digits } = list;
    const rules = await loadOwnRules(ctx.em, standing.resellerId);
    const replaced = new Set(input.proposed?.flatMap(({ id }) => id ?? []));
    const proposed = input.proposed && [
      ...input.proposed.map((rule, index) => ({ ...rule, id: rule.id ?? `proposed ${index}` })),
      ...rules.filter(({ id }) => !replaced.has(id)),
    ];
    const page = offeredProducts(view, input);
    const costs = await readCosts(ctx.em, standing.resellerId, currency);
    const rows = [];
    for (const product of page.rows) {
      const lines = await linesOf(ctx, list, product, rules, proposed ?? null);
      const cost = costs.get(product.id) ?? null;
      rows.push({
        product: product.id,
        title: product.words?.title ?? product.id,
        group: product.group,
        lines: lines.filter(({ term }) => input.term === undefined || term === input.term),
        breakEven: cost === null ? null : { monthlyCost: cost, customers: customersNeeded(lines, cost, digits) },
      });
    }
    return {
      ...page,
      rows,
      currency,
      currencies: view.currencies.map(({ code }) => code),
      taxMode: view.tax,
      groups: view.groups,
    };
  },
});

async function readCosts(em: Parameters<typeof loadOwnRules>[0], resellerId: string, currency: string) {
  const rows = await em.execute<{ product: string; monthly: string }[]>(
    'select product, monthly from own_price_cost where reseller_id = ? and currency = ?',
    [resellerId, currency],
  );
  return new Map(rows.map(({ product, monthly }) => [product, monthly]));
}

/** How many customers pay for a monthly cost at the smallest margin the product is sold at; null when it earns nothing. */
function customersNeeded(lines: readonly OwnListLine[], cost: string, digits: number): number | null {
  const margins = lines
    .filter(({ main, charge }) => main && charge === 'price')
    .flatMap(({ own }) => own?.monthlyMargin ?? [])
    .map((margin) => parseAmount(margin, digits));
  const smallest = margins.reduce<bigint | null>((low, each) => (low === null || each < low ? each : low), null);
  if (smallest === null || smallest <= 0n) return null;
  const needed = parseAmount(cost, digits);
  return Number((needed + smallest - 1n) / smallest);
}
