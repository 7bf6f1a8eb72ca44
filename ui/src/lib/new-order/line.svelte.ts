import { compareTerms } from '../../../../hooks/prices/term.ts';
import type { OptionValue, OrderAction, OrderItem, Product, ProductOption, ProductTerm } from '#lib/api/contract.ts';
import { isZero } from '#lib/format/decimal.ts';

/** The price row of an option's value in a term, undefined when it is not sold there. */
export const priceOf = (option: ProductOption, term: string, choice: string | null) =>
  option.prices.find((price) => price.term === term && price.choice === choice);

/** The choices of an option that are sold in a term. */
export const choicesIn = (option: ProductOption, term: string) =>
  option.choices.filter((choice) => priceOf(option, term, choice.id));

export const soldIn = (option: ProductOption, term: string): boolean =>
  option.type === 'choice' ? choicesIn(option, term).length > 0 : priceOf(option, term, null) !== undefined;

const NEW_DOMAIN: readonly OrderAction[] = ['register', 'transfer'];

/** What can be done with a domain in a new order; empty for anything else. */
export const actionsOf = (product: Product): OrderAction[] =>
  product.kind === 'domain'
    ? NEW_DOMAIN.filter((action) => product.terms.some((entry) => entry.component === action))
    : [];

/** The terms a product is sold in; a domain's terms belong to what is done with it. Short ones first. */
export const termsOf = (product: Product, action: OrderAction | null): ProductTerm[] =>
  product.terms
    .filter((entry) => action === null || entry.component === action)
    .toSorted((a, b) => compareTerms(a.term, b.term));

/** One product in the draft of an order. */
export class DraftLine {
  readonly key = crypto.randomUUID();
  readonly product: Product;
  term = $state('');
  quantity = $state(1);
  options = $state<Record<string, OptionValue>>({});
  domain = $state('');
  action = $state<OrderAction | null>(null);
  /** What the reseller charges; null follows the retail price. */
  yourPrice = $state<string | null>(null);
  yourSetup = $state<string | null>(null);

  constructor(product: Product) {
    this.product = product;
    this.chooseAction(actionsOf(product)[0] ?? null);
  }

  chooseAction(action: OrderAction | null): void {
    this.action = action;
    const terms = termsOf(this.product, action);
    this.chooseTerm(terms.some((entry) => entry.term === this.term) ? this.term : (terms[0]?.term ?? ''));
  }

  /** Another term: options that are not sold in it fall back, own prices follow retail again. */
  chooseTerm(term: string): void {
    this.term = term;
    this.yourPrice = this.yourSetup = null;
    for (const option of this.product.options) this.#settle(option);
  }

  #settle(option: ProductOption): void {
    const value = this.options[option.id];
    if (option.type === 'choice') {
      const choices = choicesIn(option, this.term);
      const kept = choices.some((choice) => choice.id === value);
      if (!kept) this.options[option.id] = option.required ? (choices[0]?.id ?? '') : '';
    } else if (!soldIn(option, this.term)) {
      this.options[option.id] = option.type === 'flag' ? false : 0;
    } else {
      this.options[option.id] = value ?? (option.type === 'flag' ? false : option.min);
    }
  }

  /** What the service is asked for: options that are off or empty are left out. */
  get item(): OrderItem {
    const chosen = Object.entries(this.options).filter(([, value]) => value !== '' && value !== false && value !== 0);
    const item: OrderItem = {
      product: this.product.id,
      term: this.term,
      quantity: this.quantity,
      options: Object.fromEntries(chosen),
    };
    if (this.action) item.action = this.action;
    if (this.domain.trim()) item.domain = this.domain.trim().toLowerCase();
    return item;
  }

  /** Whether a setup fee will stand on the line, so that its room is there before the quote is. */
  get expectsSetup(): boolean {
    const main = termsOf(this.product, this.action).find((entry) => entry.term === this.term);
    const parts = Object.entries(this.item.options ?? {}).map(([id, value]) => {
      const option = this.product.options.find((known) => known.id === id);
      const choice = typeof value === 'string' ? value : null;
      return option && priceOf(option, this.term, choice)?.setupWholesale;
    });
    return [main?.setupWholesale, main?.setupRetail, ...parts].some((fee) => !isZero(fee ?? '0'));
  }

  get complete(): boolean {
    return this.term !== '' && (this.product.needs === null || this.domain.trim() !== '');
  }
}
