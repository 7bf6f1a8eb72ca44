/** The conditions of a query of our own SQL, each with its values; the texts are never input. */
export class Conditions {
  readonly #texts: string[] = [];
  readonly values: unknown[] = [];

  /** Adds a condition; `undefined` as its first value leaves it out, for filters that were not asked for. */
  add(text: string, ...values: unknown[]): this {
    if (values.length > 0 && values[0] === undefined) return this;
    this.#texts.push(text);
    this.values.push(...values);
    return this;
  }

  get text(): string {
    return this.#texts.length === 0 ? 'true' : this.#texts.join(' and ');
  }

  copy(): Conditions {
    const copy = new Conditions();
    copy.#texts.push(...this.#texts);
    copy.values.push(...this.values);
    return copy;
  }
}
