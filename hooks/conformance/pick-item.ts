import type { CallResponse, Catalogue, OrderItem } from '../contract/index.ts';
import { NotApplicable } from './case.ts';

type Product = Catalogue['products'][number];

/**
 * Something of a catalogue that anybody can order: it is offered, renews (monthly if it can), costs more than nothing,
 * and needs no domain. Of each required option the first choice is taken.
 * @throws NotApplicable when the host sells nothing like it in this currency
 */
export function pickItem({ catalogue, display }: CallResponse<'catalogue.read'>, currency: string): OrderItem {
  const needy = new Set(display.products.filter(({ needs }) => needs !== null).map(({ id }) => id));
  const found = catalogue.products
    .filter((product) => product.offered && !needy.has(product.id))
    .flatMap((product) => termsOf(product, currency).map((term) => ({ product, term })))
    .toSorted((left, right) => Number(right.term === '1M') - Number(left.term === '1M'))[0];
  if (!found) throw new NotApplicable(`nothing that renews is sold in ${currency}`);
  return { product: found.product.id, term: found.term, quantity: 1, options: requiredOptions(found.product) };
}

function termsOf({ components }: Product, currency: string): string[] {
  const base = components.find(({ kind }) => kind === 'base');
  const prices = base?.prices ?? [];
  return prices
    .filter((cell) => cell.currency === currency && cell.term !== 'once' && Number(cell.price ?? 0) > 0)
    .map(({ term }) => term);
}

function requiredOptions({ components }: Product): OrderItem['options'] {
  const options: OrderItem['options'] = {};
  for (const { option } of components) {
    if (option?.type === 'choice' && option.required) options[option.id] ??= option.choice;
  }
  return options;
}
