import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount } from '../../money.ts';
import { newId } from '../../platform/ids.ts';
import type { Catalogue, Product } from '../../pricing/formats/catalogue.ts';
import type { Book, Holder, Rules } from '../../pricing/formats/rules.ts';
import type { InspectedCharge } from '../../pricing/inspect-product.ts';
import { chargeKey } from '../../pricing/precedence.ts';
import { applyChanges, checkChanges, type RuleChange } from '../../pricing/rule-changes.ts';
import { loadCatalogue } from '../price-list/load-catalogue.ts';
import { toMoment } from '../price-list/load-rules.ts';
import type { ResellerTerms } from '../price-list/wanted-segments.ts';
import { type BookOperation, CellError, newAmount } from './book-amounts.ts';
import { type BookCell, bookCell, BookIndex, type CellName, inCurrency, linesByKey, sameAmount } from './book-cell.ts';
import { bookHolder } from './book-holder.ts';
import type { PriceVersion } from './entity.ts';
import { pricerOf, termsOf } from './pricer.ts';
import { rulesOf } from './rules-of.ts';

/** A cell as an edit names it. */
interface Asked extends CellName {
  amount: string | null;
  from: string | null;
  until: string | null;
}

/** A cell that an edit changes. Amounts in minor units; `published` and `effective`: what is paid before and after. */
export interface Decided {
  index: number;
  asked: Asked;
  published: bigint;
  amount: bigint | null;
  effective: bigint;
  before: { amount: string | null; from: string | null; until: string | null };
  cell: BookCell;
}

/** One side's prices of the touched products: by product, then by the charge's name. */
type Lines = Map<string, Map<string, InspectedCharge>>;

interface Loaded {
  holder: Holder;
  currency: string;
  catalogue: Catalogue;
  digits: number;
  terms: ResellerTerms;
  moment: Date;
  published: Rules;
  rules: Rules;
}

/** An edit of cells of one price book, upon the rules as a draft has them. Only the products it names are looked at. */
export class BookEdit {
  readonly published: Rules;
  readonly #all: Loaded;
  readonly #products: ReadonlyMap<string, Product>;
  readonly #old: BookIndex;
  readonly #now: BookIndex;
  readonly #oldLines: Lines;
  readonly #nowLines: Lines;
  /** Of new rules, by cell: asked again, a cell gets the same. */
  readonly #ids = new Map<string, string>();

  private constructor(all: Loaded) {
    this.#all = all;
    this.published = all.published;
    const at = toMoment(all.moment);
    this.#products = new Map(all.catalogue.products.map((product) => [product.id, inCurrency(product, all.currency)]));
    this.#old = new BookIndex(all.published, all.holder, all.currency, at);
    this.#now = new BookIndex(all.rules, all.holder, all.currency, at);
    this.#oldLines = this.#pricesUnder(all.published);
    this.#nowLines = this.#pricesUnder(all.rules);
  }

  /** @throws not_found, bad_input, prices_missing */
  static async load(
    ctx: ServiceContext,
    input: {
      resellerId?: string | undefined;
      tierId?: string | undefined;
      currency: string;
      cells: readonly CellName[];
    },
    draft: PriceVersion | null,
  ): Promise<BookEdit> {
    const holder = bookHolder(input);
    const catalogue = await loadCatalogue(ctx.em, [...new Set(input.cells.map(({ product }) => product))]);
    if (!catalogue) throw new ServiceError('prices_missing', 'The catalogue has not been read from the host yet.');
    const { currency } = input;
    const digits = catalogue.currencies.find(({ code }) => code === currency)?.digits;
    if (digits === undefined) {
      throw new ServiceError('not_found', `The catalogue has no prices in ${currency}.`, '/currency');
    }
    const { timeline, moment, published, rules } = await rulesOf(ctx, draft);
    const terms = await termsOf(ctx.em, timeline, input.resellerId, input.tierId);
    return new BookEdit({ holder, currency, catalogue, digits, terms, moment, published, rules });
  }

  text(minor: bigint): string {
    return formatAmount(minor, this.#all.digits);
  }

  /** What becomes of each cell. Cells that stay as they are appear in neither list. */
  decide(cells: readonly Asked[], operation: BookOperation) {
    const errors: { index: number; message: string }[] = [];
    const wanted: { index: number; asked: Asked; amount: bigint | null }[] = [];
    const named = new Map<string, number>();
    for (const [index, asked] of cells.entries()) {
      try {
        const key = `${asked.product}\t${this.#keyOf(asked)}`;
        if (named.has(key)) throw new CellError('This cell is named twice. Keep one of them.');
        named.set(key, index);
        const amount = this.#amountOf(asked, operation);
        const held = this.#now.at(asked)?.[asked.charge] ?? null;
        if (!sameAmount(amount === null ? null : this.text(amount), held)) wanted.push({ index, asked, amount });
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        errors.push({ index, message: error.message });
      }
    }
    const fit = this.#refuse(wanted, errors);
    const after = applyChanges(this.#all.rules, this.#changes(fit));
    const index = new BookIndex(after, this.#all.holder, this.#all.currency, toMoment(this.#all.moment));
    const lines = this.#pricesUnder(after, new Set(fit.map(({ asked }) => asked.product)));
    const decided = fit.map(({ index: place, asked, amount }): Decided => {
      const key = this.#keyOf(asked);
      const [line, old] = [lines.get(asked.product)!.get(key)!, this.#oldLines.get(asked.product)!.get(key)!];
      const held = this.#now.at(asked);
      const before = { amount: held?.[asked.charge] ?? null, from: held?.from ?? null, until: held?.until ?? null };
      const was = { rule: this.#old.at(asked), line: old };
      const cell = bookCell(line, index.at(asked), was, null);
      return { index: place, asked, amount, published: old.wholesale, effective: line.wholesale, before, cell };
    });
    return { decided, errors: errors.toSorted((left, right) => left.index - right.index) };
  }

  /** The rules behind decided cells. */
  changesFor(decided: readonly Decided[]): RuleChange[] {
    return this.#changes(decided);
  }

  #amountOf(asked: Asked, operation: BookOperation): bigint | null {
    const line = this.#nowLines.get(asked.product)?.get(this.#keyOf(asked));
    if (!line) throw new CellError('It is not offered in this term and currency.');
    const from = operation.kind === 'copy' ? { ...asked, term: operation.fromTerm } : asked;
    const source = this.#nowLines.get(asked.product)?.get(this.#keyOf(from))?.wholesale ?? null;
    const { digits, retail, wholesale } = line;
    return newAmount(operation, asked.amount, { term: asked.term, digits, retail, wholesale, source });
  }

  /** Leaves out what the price compiler would refuse, cell by cell. */
  #refuse(
    wanted: readonly { index: number; asked: Asked; amount: bigint | null }[],
    errors: { index: number; message: string }[],
  ) {
    let left = wanted;
    // Each round names up to twenty; a cell that was refused once is not asked about again.
    while (left.length > 0) {
      const changes = this.#changes(left);
      const found = checkChanges(this.#all.catalogue, this.#all.rules, changes);
      const refused = new Map(found.map(({ id, message }) => [id, message]));
      const kept = left.filter((each) => {
        const message = refused.get(this.#ruleId(each.asked) ?? '');
        if (message !== undefined) errors.push({ index: each.index, message });
        return message === undefined;
      });
      if (found.length === 0) return left;
      if (kept.length === left.length) throw new ServiceError('bad_input', found[0]!.message, '/cells');
      left = kept;
    }
    return left;
  }

  /** The id of the rule behind a cell: that which holds, or held before the draft removed it, or a new one. */
  #ruleId(cell: CellName): string {
    const key = `${cell.product}\t${cell.component}\t${cell.term}`;
    const known = this.#now.at(cell)?.id ?? this.#removed(cell)?.id ?? this.#ids.get(key);
    if (known !== undefined) return known;
    const id = newId('prl');
    this.#ids.set(key, id);
    return id;
  }

  /** Price and setup fee of a component and term are one rule: two cells of it make one change. */
  #changes(cells: readonly { asked: Asked; amount: bigint | null }[]): RuleChange[] {
    const rules = new Map<string, Book>();
    for (const { asked, amount } of cells) {
      const id = this.#ruleId(asked);
      const rule = rules.get(id) ?? this.#now.at(asked) ?? this.#emptyRule(id, asked);
      rules.set(id, { ...rule, [asked.charge]: this.#asPublished(asked, amount === null ? null : this.text(amount)) });
    }
    return [...rules].map(([id, rule]) => ({
      kind: 'book',
      id,
      after: rule.price === null && rule.setup === null ? null : rule,
    }));
  }

  /** An amount that is as published is written as published, so that the change leaves the draft. */
  #asPublished(cell: CellName, text: string | null): string | null {
    const published = this.#old.at(cell)?.[cell.charge] ?? null;
    return sameAmount(text, published) ? published : text;
  }

  /** The published rule of a cell, if the draft removed it: set again it is what it was. */
  #removed(cell: CellName): Book | null {
    const published = this.#old.at(cell);
    return published && !this.#now.all(cell).some(({ id }) => id === published.id) ? published : null;
  }

  #emptyRule(id: string, asked: Asked): Book {
    const { holder, currency } = this.#all;
    const { product, component, term, from, until } = asked;
    const gap = this.#now.gap(asked);
    const period = this.#removed(asked) ?? { from: from ?? gap.from, until: until ?? gap.until };
    const amounts = { price: null, setup: null };
    return { id, for: holder, product, component, term, currency, ...amounts, from: period.from, until: period.until };
  }

  #keyOf({ component, term, charge }: CellName): string {
    return chargeKey(component, term, this.#all.currency, charge);
  }

  #pricesUnder(rules: Rules, only?: ReadonlySet<string>): Lines {
    const { catalogue, terms, moment } = this.#all;
    const { lines } = pricerOf(catalogue, rules, terms, moment);
    const products = [...this.#products].filter(([id]) => only?.has(id) ?? true);
    return new Map(products.map(([id, product]) => [id, linesByKey(lines(product))]));
  }
}
