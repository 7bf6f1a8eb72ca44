import { api } from '#lib/api/client.ts';
import type { PlacedOrder, PlaceOrder, Quote } from '#lib/api/contract.ts';
import { toProblem, unanswered, type Problem } from '#lib/api/errors.ts';
import type { OrderDraft } from './draft.svelte.ts';

const PAUSES = [1500, 3000, 5000, 8000, 12_000];
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

type State = 'idle' | 'busy' | 'checking';

/** Places an order once. A lost answer is asked for again with the same key, so there is never a second order. */
export class Placing {
  state = $state<State>('idle');
  problem = $state<Problem | null>(null);
  /** What was to pay before prices changed under the user's hands. */
  formerDue = $state<string | null>(null);
  paymentMethod = $state<string | null>(null);
  note = $state('');
  order = $state.raw<PlacedOrder | null>(null);
  #key: string = crypto.randomUUID();
  #draft: OrderDraft;

  constructor(draft: OrderDraft) {
    this.#draft = draft;
  }

  async place(): Promise<boolean> {
    const { quote } = this.#draft;
    if (!quote || this.state !== 'idle') return false;
    this.state = 'busy';
    this.problem = null;
    this.formerDue = null;
    try {
      const renewed = await this.#order(quote);
      // The quote ran out and its prices are what they were: that was the yes to them.
      if (renewed && samePrices(renewed, quote)) await this.#order(renewed);
      return this.order !== null;
    } finally {
      this.state = 'idle';
    }
  }

  /** Orders at a quote. When that holds no longer, nothing was ordered and the answer is a new one. */
  async #order(quote: Quote): Promise<Quote | null> {
    const { lines, customer, currency } = this.#draft;
    try {
      this.order = await this.#send({
        idempotencyKey: this.#key,
        quote: quote.quote,
        currency,
        lines: lines.map((line) => line.item),
        customerId: customer?.id ?? null,
        paymentMethod: this.paymentMethod,
        note: this.note.trim() || null,
        // The review said in whose name domains are registered; this is the yes to it.
        registrant: customer ? (quote.registrant ?? undefined) : undefined,
      });
      return null;
    } catch (error) {
      return this.#refused(toProblem(error), quote);
    }
  }

  async #send(input: PlaceOrder): Promise<PlacedOrder> {
    for (const pause of PAUSES) {
      try {
        return await api().orders.place.mutate(input);
      } catch (error) {
        if (!unanswered(toProblem(error))) throw error;
        this.state = 'checking';
        await wait(pause);
      }
    }
    return api().orders.place.mutate(input);
  }

  /** Prices that moved meanwhile need a new quote and a new yes; anything else is said as it is. */
  async #refused(problem: Problem, former: Quote): Promise<Quote | null> {
    this.problem = problem;
    if (unanswered(problem)) return null;
    this.#key = crypto.randomUUID();
    if (problem.code !== 'price_changed') return null;
    const fresh = await this.#draft.price();
    if (!fresh) return null;
    this.problem = null;
    if (!samePrices(fresh, former)) this.formerDue = former.dueNow;
    return fresh;
  }
}

const samePrices = (one: Quote, other: Quote): boolean =>
  one.dueNow === other.dueNow && JSON.stringify(one.recurring) === JSON.stringify(other.recurring);
