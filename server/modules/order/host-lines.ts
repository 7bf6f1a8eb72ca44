import { type HostOrder, type PricedLine, pricedLine } from '../../../hooks/contract/index.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import type { OrderLine } from './schemas.ts';

/** The host's order lines as our records keep them; what the host does not know (retail, source) stays null. */
export function linesOf(lines: HostOrder['lines']): OrderLine[] {
  return lines.map((line) => {
    const { components, ...priced } = pricedLine.parse(line);
    return {
      ...priced,
      title: line.title,
      retailPrice: null,
      retailSetup: null,
      components: components.map((component) => ({
        ...component,
        title: component.component,
        retailUnit: null,
        source: null,
        bp: null,
        adjusted: null,
      })),
    };
  });
}

/** What the first invoice of these lines comes to: Σ price + setup. */
export function dueNowOf(lines: Pick<PricedLine, 'price' | 'setup'>[], digits: number): string {
  const total = lines.reduce(
    (sum, { price, setup }) => sum + parseAmount(price, digits) + parseAmount(setup, digits),
    0n,
  );
  return formatAmount(total, digits);
}
