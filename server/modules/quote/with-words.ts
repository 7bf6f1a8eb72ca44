import { componentTitle } from '../catalogue/reader.ts';
import type { OrderLine } from '../order/schemas.ts';
import type { PricedOrder } from './price-lines.ts';
import type { QuoteRequest } from './schemas.ts';

/** The lines of a priced order as people read them: titles, and for each part its retail price and the rule behind it. */
export function withWords({ quote, view, cellOf }: PricedOrder, { lines }: Pick<QuoteRequest, 'lines'>): OrderLine[] {
  return quote.lines.map((line, index) => {
    const { options = {}, domain } = lines[index] ?? {};
    const words = view.products.get(line.product)?.words ?? null;
    const { parts } = cellOf(line);
    return {
      ...line,
      options,
      ...(domain ? { domain } : {}),
      title: words?.title ?? line.product,
      components: line.components.map((part) => {
        const { shape = { id: part.component }, row } = parts.get(part.component) ?? {};
        return {
          ...part,
          title: componentTitle(words, shape),
          retailUnit: row?.retail ?? null,
          source: row?.source ?? null,
          bp: row?.bp ?? null,
          adjusted: row?.adjusted ?? null,
        };
      }),
    };
  });
}
