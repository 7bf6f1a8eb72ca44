import { z } from 'zod';
import { currencyCode } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { changeBp } from '../../pricing/inspect-product.ts';
import { ruleIndex, sameRule } from '../../pricing/rule-changes.ts';
import { verb } from '../../verb.ts';
import { BookEdit, type Decided } from './book-edit.ts';
import { bookOperation } from './book-amounts.ts';
import { holderInput } from './book-holder.ts';
import { startDraft } from './create-draft.ts';
import type { PriceVersion } from './entity.ts';
import { loadForChange } from './find.ts';
import { readGuard } from './risks.ts';
import { countChanges, versionRow } from './row.ts';
import { keepChanges } from './save-changes.ts';

/** Cells of one edit: larger ones are sent in parts. */
const MOST_CELLS = 5000;

const cell = z.object({
  product: z.string().max(500),
  component: z.string().max(500),
  term: z.string().max(10),
  charge: z.enum(['price', 'setup']),
  /** With the operation "set": the fixed amount as decimal text, null to inherit again. */
  amount: z.string().max(40).nullable().default(null),
  /** With it: when a new fixed amount begins and ends to hold; by default wherever no other one of the cell holds. */
  from: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime().nullable().default(null),
});

/**
 * Changes cells of a price book in a draft, or in a new one that is started for it. A cell that cannot be changed is named
 * in `errors` (by its place in `cells`) and stands in no other's way. Changes of a price beyond the guard's limit against
 * what is published are named in `asks`; then nothing is written unless `overLimit` says to keep those cells or to leave
 * them out. A cell that is as published again leaves the draft. `before` takes the edit back when it is sent with "set".
 * @throws not_found, conflict, version_mismatch, bad_input, prices_missing
 */
export const editBook = verb({
  procedure: 'prices.editBook',
  permission: 'prices:write',
  mode: 'write',
  input: holderInput.extend({
    draft: z.union([
      z.object({ id: z.string().max(60), version: z.int() }),
      z.object({ name: z.string().trim().min(1, 'give it a name').max(100) }),
    ]),
    currency: currencyCode,
    cells: z.array(cell).min(1).max(MOST_CELLS, `change at most ${MOST_CELLS} cells at once`),
    operation: bookOperation,
    overLimit: z.enum(['ask', 'keep', 'leave']).default('ask'),
    dryRun: z.boolean().default(false),
  }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const { draft: wanted, overLimit, operation, dryRun } = input;
    const draft = 'id' in wanted ? await loadForChange(ctx, wanted.id, wanted.version) : null;
    const { lineBp } = await readGuard(em);
    const edit = await BookEdit.load(ctx, input, draft);
    const { decided, errors } = edit.decide(input.cells, operation);
    const asks = decided.flatMap(({ index, published, amount, effective }) => {
      const bp = largest(changeBp(published, amount ?? effective), changeBp(published, effective));
      if (Math.abs(bp) <= lineBp) return [];
      return [{ index, before: edit.text(published), after: edit.text(amount ?? effective), bp }];
    });
    const over = new Set(asks.map(({ index }) => index));
    const done = overLimit === 'leave' ? decided.filter(({ index }) => !over.has(index)) : decided;
    const blocked = dryRun || (overLimit === 'ask' && asks.length > 0);
    const target = blocked ? draft : await write(ctx, edit, done, wanted, draft);
    return {
      draft: target && versionRow(target, (await countChanges(em, [target.id]))(target.id)),
      limitBp: lineBp,
      changed: done.length,
      saved: blocked ? 0 : done.length,
      errors,
      asks,
      before: done.map(({ index, before }) => ({ index, ...before })),
      /** The cells as they are after the edit; with a dry run, as they would be. */
      cells: done.map(({ index, cell: after }) => ({ index, cell: after })),
    };
  },
});

const largest = (one: number, other: number): number => (Math.abs(one) > Math.abs(other) ? one : other);

/** Puts the decided rules into the draft; those that are as published leave it. Answers the draft, null if there is none. */
async function write(
  ctx: ServiceContext,
  edit: BookEdit,
  done: readonly Decided[],
  wanted: { name: string } | { id: string },
  draft: PriceVersion | null,
): Promise<PriceVersion | null> {
  if (done.length === 0) return draft;
  const published = ruleIndex(edit.published);
  const changes = edit.changesFor(done);
  const resets = changes.filter(({ kind, id, after }) => sameRule(after, published(kind, id)));
  const kept = changes.filter((change) => !resets.includes(change));
  const target = draft ?? (await startDraft(ctx, 'name' in wanted ? wanted.name : ''));
  if (!draft) await ctx.em.flush();
  await keepChanges(
    ctx,
    target,
    kept,
    published,
    resets.map(({ kind, id }) => ({ kind, id })),
  );
  return target;
}
