import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { monthlyEquivalent } from '../../pricing/monthly.ts';
import { marginOf, type OwnCharge, ownPriceOf, type OwnRule } from '../../pricing/own-price.ts';
import { actingReseller } from '../../tenant.ts';
import { componentTitle, type ViewProduct } from '../catalogue/reader.ts';
import { readingOrder } from '../catalogue/reading-order.ts';
import { loadStanding } from '../reseller/standing.ts';

/** Everything that a price list of the acting reseller is read from. */
export async function openList(ctx: ServiceContext, wanted: string | undefined) {
  const { em, now, catalogue } = ctx;
  const standing = await loadStanding(em, actingReseller(ctx), now);
  const view = await catalogue.view(em, standing.catalogueReadAt);
  const currency = wanted ?? standing.currency;
  const digits = view.currencies.find(({ code }) => code === currency)?.digits;
  if (digits === undefined) throw new ServiceError('bad_input', `Nothing is sold in ${currency}.`, '/currency');
  if (standing.listHash === null) {
    throw new ServiceError('prices_missing', 'Your prices are being worked out. Try again in a minute.');
  }
  return { standing, view, currency, digits, listHash: standing.listHash };
}
export type OpenList = Awaited<ReturnType<typeof openList>>;

/** The lines of a product in the reseller's list, with its own prices; `proposed` rules beside the saved ones. */
export async function linesOf(
  { em, prices }: ServiceContext,
  { currency, digits, listHash }: OpenList,
  product: ViewProduct,
  rules: readonly OwnRule[],
  proposed: readonly OwnRule[] | null,
) {
  const chunk = await prices.find(em, listHash, product.id);
  const shapes = new Map((chunk?.components ?? []).map((shape) => [shape.id, shape]));
  return (chunk?.rows ?? [])
    .filter((row) => row.currency === currency)
    .toSorted(readingOrder(product.words, [...shapes.values()]))
    .map((row) => {
      const { component, term, charge, source, bp, adjusted } = row;
      const amounts = { wholesale: parseAmount(row.wholesale, digits), retail: parseAmount(row.retail, digits) };
      const charged = {
        product: product.id,
        group: product.group,
        component,
        term,
        currency,
        charge,
        digits,
        ...amounts,
      };
      const shape = shapes.get(component);
      return {
        component,
        title: componentTitle(product.words, shape ?? { id: component }),
        /** False for what is chosen on top of the product itself. */
        main: shape?.option === undefined,
        term,
        charge,
        retail: row.retail,
        wholesale: row.wholesale,
        source,
        discountBp: bp,
        adjusted,
        monthly: charge === 'price' ? text(monthlyEquivalent(amounts.wholesale, term), digits) : null,
        own: ownOf(rules, charged),
        proposed: proposed && ownOf(proposed, charged),
      };
    });
}
export type OwnListLine = Awaited<ReturnType<typeof linesOf>>[number];

function text(minor: bigint | null, digits: number): string | null {
  return minor === null ? null : formatAmount(minor, digits);
}

function ownOf(rules: readonly OwnRule[], charge: OwnCharge) {
  const own = ownPriceOf(rules, charge);
  if (own === null) return null;
  const { digits, term, wholesale, retail } = charge;
  const margin = marginOf(own.amount, wholesale);
  const monthly = charge.charge === 'price' ? monthlyEquivalent(margin.amount, term) : null;
  return {
    price: formatAmount(own.amount, digits),
    rule: own.rule,
    method: own.method,
    margin: formatAmount(margin.amount, digits),
    marginBp: margin.bp,
    monthlyMargin: text(monthly, digits),
    belowWholesale: own.amount < wholesale,
    aboveRetail: own.amount > retail,
  };
}
