import { untrack } from 'svelte';
import { api } from '#lib/api/client.ts';
import type { Catalogue, OrderLine, Product, Quote } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';
import { sum } from '#lib/format/decimal.ts';
import { DraftLine } from './line.svelte.ts';
import { marginOf, marginsOf, type Margin } from './margin.ts';

export type Step = 'customer' | 'products' | 'review' | 'done';
export interface Buyer {
  id: string;
  name: string;
  email: string;
}

const QUOTE_AFTER = 250;

/** An order while it is put together. Every price in it comes from a quote of the service. */
export class OrderDraft {
  step = $state<Step>('customer');
  customer = $state.raw<Buyer | null>(null);
  catalogue = $state.raw<Catalogue | null>(null);
  lines = $state<DraftLine[]>([]);
  /** The line the product picker changes; null: the next choice makes a new one. */
  active = $state<string | null>(null);
  quote = $state.raw<Quote | null>(null);
  quoting = $state(false);
  problem = $state<Problem | null>(null);
  #turn = 0;

  get currency(): string {
    return this.catalogue?.currency ?? '';
  }

  get complete(): boolean {
    return this.lines.length > 0 && this.lines.every((line) => line.complete);
  }

  /** What the quote says of a line; undefined while it is on its way. */
  quotedOf(line: DraftLine): OrderLine | undefined {
    const quoted = this.quote?.lines[this.lines.indexOf(line)];
    return quoted?.product === line.product.id ? quoted : undefined;
  }

  /** Own prices against wholesale, for all lines together. */
  get margin(): Margin | null {
    const { quote, lines } = this;
    if (!quote || quote.lines.length !== lines.length) return null;
    const firsts = quote.lines.map((quoted, index) => marginsOf(quoted, lines[index] ?? NO_OWN_PRICES).first);
    return marginOf(sum(firsts.map((first) => first.wholesale)), sum(firsts.map((first) => first.yours)));
  }

  /** An add-on is ordered beside one of its products. */
  lacksProduct({ addonTo }: Product): boolean {
    return addonTo !== null && !this.lines.some((line) => addonTo.includes(line.product.id));
  }

  choose(product: Product): void {
    const line = new DraftLine(product);
    const at = this.lines.findIndex((known) => known.key === this.active);
    const beside = product.addonTo !== null && this.lines[at]?.product.addonTo === null;
    if (at >= 0 && !beside) this.lines[at] = line;
    else this.lines.push(line);
    this.active = line.key;
  }

  remove(line: DraftLine): void {
    this.lines = this.lines.filter((known) => known.key !== line.key);
    this.active = this.lines.at(-1)?.key ?? null;
  }

  /** Prices again, a moment after each change; the old figures stay until the new ones are there. */
  follow(): void {
    $effect(() => {
      const wanted = JSON.stringify(this.lines.map((line) => line.item));
      const timer = setTimeout(() => void untrack(() => this.price()), wanted === '[]' ? 0 : QUOTE_AFTER);
      return () => clearTimeout(timer);
    });
  }

  async price(): Promise<Quote | null> {
    const turn = ++this.#turn;
    if (this.lines.length === 0) {
      this.quote = this.problem = null;
      return null;
    }
    this.quoting = true;
    try {
      const lines = this.lines.map((line) => line.item);
      const quote = await api().quotes.review.query({ currency: this.currency, lines });
      if (turn === this.#turn) [this.quote, this.problem] = [quote, null];
    } catch (error) {
      if (turn === this.#turn) this.problem = toProblem(error);
    } finally {
      if (turn === this.#turn) this.quoting = false;
    }
    return this.problem ? null : this.quote;
  }
}

const NO_OWN_PRICES = { yourPrice: null, yourSetup: null };
