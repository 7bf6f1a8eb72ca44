import { api } from '#lib/api/client.ts';
import type { BookCell, BookEdit, BookEdited, PriceVersionRow } from '#lib/api/contract.ts';
import { toProblem, type Problem } from '#lib/api/errors.ts';
import { announce, warn } from '#lib/announce.svelte.ts';
import { compare } from '#lib/format/decimal.ts';
import { t } from '#lib/messages/index.svelte.ts';
import { findDraft } from '#lib/pricing/draft.ts';
import { readWho } from '#lib/pricing/explorer.ts';
import { rowsOfPage, sortTerms } from './page.ts';
import { cellKey, type EditedCell, type GridRow } from './rows.ts';
import { keepSteps, type Step, stepsOf } from './steps.ts';

type Operation = BookEdit['operation'];
/** How changes beyond the limit are answered; null gives the whole edit up. */
export type Answer = 'keep' | 'leave' | null;
/** Prices that an edit would change beyond the limit, the largest first, and where the answer goes. */
export interface Question {
  limitBp: number;
  asks: { cell: EditedCell; before: string; after: string; bp: number }[];
  answer: (how: Answer) => void;
}
/** What could not be saved, with what was typed. */
export interface CellError {
  cell: EditedCell;
  text: string;
  message: string;
}

/** Products of the first page, so that there is soon something to see, and of those that follow. */
const FIRST = 40;
const NEXT = 500;
/** The service takes no more cells at once. */
const MOST_CELLS = 2500;

/** The price book on screen: its lines, the draft its edits go into, and what can be taken back until that is published. */
export class PriceBook {
  rows = $state.raw<readonly GridRow[]>([]);
  terms = $state.raw<readonly string[]>([]);
  currencies = $state.raw<readonly string[]>([]);
  draft = $state.raw<PriceVersionRow | null>(null);
  /** Products that are there, of all there are. */
  read = $state({ products: 0, of: 0 });
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  errors = $state.raw<readonly CellError[]>([]);
  question = $state.raw<Question | null>(null);
  undoable = $state(0);
  redoable = $state(0);
  currency = '';
  #who = '';
  #undo: Step[] = [];
  #redo: Step[] = [];
  #place = new Map<string, number>();
  #queue: Promise<unknown> = Promise.resolve();

  get whole(): boolean {
    return this.read.products >= this.read.of;
  }

  /** Reads a book from its beginning; the lines after the first page come in by themselves. */
  async open(who: string, currency: string, signal: AbortSignal): Promise<true> {
    const draft = await findDraft();
    if (signal.aborted) return true;
    Object.assign(this, { rows: [], errors: [], problem: null, currency, draft });
    this.#who = who;
    this.#place = new Map();
    const { undo, redo } = stepsOf(draft, `${who} ${currency}`);
    [this.#undo, this.#redo] = [undo, redo];
    [this.undoable, this.redoable] = [undo.length, redo.length];
    const cursor = await this.#readPage(undefined, FIRST, signal);
    void this.#readRest(cursor, signal);
    return true;
  }

  async #readRest(from: string | null, signal: AbortSignal): Promise<void> {
    try {
      for (let cursor = from; cursor && !signal.aborted;) cursor = await this.#readPage(cursor, NEXT, signal);
    } catch (error) {
      if (!signal.aborted) this.problem = toProblem(error);
    }
  }

  async #readPage(cursor: string | undefined, limit: number, signal: AbortSignal): Promise<string | null> {
    const { currency, draft } = this;
    const page = await api().prices.book.query({
      ...readWho(this.#who),
      currency,
      versionId: draft?.id,
      cursor,
      limit,
    });
    if (signal.aborted) return null;
    if (!cursor) this.terms = sortTerms(page.terms);
    this.currencies = page.currencies;
    const fresh = rowsOfPage(page, this.terms);
    for (const [index, { id }] of fresh.entries()) this.#place.set(id, this.rows.length + index);
    this.rows = [...this.rows, ...fresh];
    this.read = { products: (cursor ? this.read.products : 0) + page.rows.length, of: page.total };
    return page.cursor;
  }

  /** Changes cells; edits that follow wait for it. False when it was given up or failed. */
  edit(cells: readonly EditedCell[], operation: Operation): Promise<boolean> {
    return this.#next(async () => {
      const step: Step = { before: [], after: [] };
      const done = await this.#send(cells, operation, 'ask', step);
      if (step.before.length > 0) {
        this.#undo = [...this.#undo, step];
        this.#redo = [];
      }
      this.#remember();
      return done;
    });
  }

  undo = (): Promise<boolean> => this.#step('undo');
  redo = (): Promise<boolean> => this.#step('redo');

  #step(way: 'undo' | 'redo'): Promise<boolean> {
    return this.#next(async () => {
      const [from, to] = way === 'undo' ? [this.#undo, this.#redo] : [this.#redo, this.#undo];
      const step = from.at(-1);
      if (!step || !this.#isAsLeft(way === 'undo' ? step.after : step.before)) return false;
      const done = await this.#send(way === 'undo' ? step.before : step.after, { kind: 'set' }, 'keep', null);
      if (done) {
        from.pop();
        to.push(step);
        announce(t(way === 'undo' ? 'book.undone' : 'book.redone', { count: step.before.length }));
      }
      this.#remember();
      return done;
    });
  }

  /** Nothing is taken back over what somebody else changed since: what stands in the draft then stays as it is. */
  #isAsLeft(cells: readonly EditedCell[]): boolean {
    const changed = cells.filter((cell) => {
      const shown = this.placeOf(cell)?.cells[this.terms.indexOf(cell.term)]?.fixed;
      return !sameAmount(shown, cell.amount);
    });
    if (changed.length === 0) return true;
    if (!this.whole && changed.every((cell) => !this.placeOf(cell))) {
      warn(t('book.stillReading'));
      return false;
    }
    [this.#undo, this.#redo] = [[], []];
    this.#remember();
    warn(t('book.changedSince'));
    return false;
  }

  /** What an edit would do; nothing is written. */
  async tryOut(cells: readonly EditedCell[]): Promise<{ errors: CellError[]; asks: number }> {
    const errors: CellError[] = [];
    let asks = 0;
    for (let start = 0; start < cells.length; start += MOST_CELLS) {
      const part = cells.slice(start, start + MOST_CELLS);
      const answer = await this.#ask(part, { kind: 'set' }, 'keep', true);
      errors.push(...answer.errors.map((error) => toError(part[error.index]!, error.message)));
      asks += answer.asks.length;
    }
    return { errors, asks };
  }

  /** Keeps what was typed and could not be read beside the cell. */
  refuse(cell: EditedCell, text: string, message: string): void {
    this.#forget([cell]);
    this.errors = [...this.errors, { cell, text, message }];
    warn(message);
  }

  restore(cell: EditedCell): void {
    this.#forget([cell]);
  }

  placeOf(cell: EditedCell): GridRow | undefined {
    return this.rows[this.#place.get([cell.product, cell.component, cell.charge].join('\t')) ?? -1];
  }

  async #next(work: () => Promise<boolean>): Promise<boolean> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    this.busy = true;
    try {
      return await turn;
    } catch (error) {
      this.problem = toProblem(error);
      warn(this.problem.message);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #send(
    cells: readonly EditedCell[],
    operation: Operation,
    over: 'ask' | 'keep' | 'leave',
    step: Step | null,
  ): Promise<boolean> {
    this.problem = null;
    let how = over;
    for (let start = 0; start < cells.length; start += MOST_CELLS) {
      const part = cells.slice(start, start + MOST_CELLS);
      let answer = await this.#ask(part, operation, how, false);
      if (how === 'ask' && answer.asks.length > 0) {
        const said = await this.#question(part, answer);
        if (said === null) return false;
        how = said;
        answer = await this.#ask(part, operation, how, false);
      }
      this.#take(part, answer, step);
    }
    return true;
  }

  #ask(cells: readonly EditedCell[], operation: Operation, overLimit: 'ask' | 'keep' | 'leave', dryRun: boolean) {
    const { draft, currency } = this;
    return api().prices.editBook.mutate({
      draft: draft ? { id: draft.id, version: draft.version } : { name: t('version.newName') },
      ...readWho(this.#who),
      currency,
      cells: [...cells],
      operation,
      overLimit,
      dryRun,
    });
  }

  async #question(cells: readonly EditedCell[], { asks, limitBp }: BookEdited): Promise<Answer> {
    const largest = asks.toSorted((a, b) => Math.abs(b.bp) - Math.abs(a.bp));
    const said = await new Promise<Answer>((answer) => {
      this.question = { limitBp, asks: largest.map(({ index, ...ask }) => ({ cell: cells[index]!, ...ask })), answer };
    });
    this.question = null;
    return said;
  }

  /** Shows what the service made of an edit. */
  #take(cells: readonly EditedCell[], answer: BookEdited, step: Step | null): void {
    this.draft = answer.draft;
    this.#forget(cells);
    const failed = answer.errors.map(({ index, message }) => toError(cells[index]!, message));
    this.errors = [...this.errors, ...failed];
    if (failed[0]) warn(failed[0].message);
    const rows = [...this.rows];
    const taken = new Set<number>();
    for (const { index, cell } of answer.cells) {
      const edited = cells[index]!;
      const place = this.#place.get([edited.product, edited.component, edited.charge].join('\t'));
      const column = this.terms.indexOf(edited.term);
      const row = place === undefined ? undefined : rows[place];
      if (place === undefined || !row) continue;
      const next = taken.has(place) ? (row.cells as (BookCell | null)[]) : [...row.cells];
      next[column] = cell;
      if (!taken.has(place)) rows[place] = { ...row, cells: next };
      taken.add(place);
    }
    this.rows = rows;
    for (const { index, ...was } of answer.before) step?.before.push({ ...cells[index]!, ...was });
    for (const { index, cell } of answer.cells) step?.after.push({ ...cells[index]!, amount: cell.fixed ?? null });
    if (step && answer.saved > 0) announce(t('book.saved', { count: answer.saved }));
  }

  #forget(cells: readonly EditedCell[]): void {
    if (this.errors.length === 0) return;
    const gone = new Set(cells.map(cellKey));
    this.errors = this.errors.filter(({ cell }) => !gone.has(cellKey(cell)));
  }

  #remember(): void {
    [this.undoable, this.redoable] = [this.#undo.length, this.#redo.length];
    keepSteps(this.draft, `${this.#who} ${this.currency}`, { undo: this.#undo, redo: this.#redo });
  }
}

const sameAmount = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one && other ? compare(one, other) === 0 : (one ?? null) === (other ?? null);
const toError = (cell: EditedCell, message: string): CellError => ({ cell, text: cell.amount ?? '', message });
