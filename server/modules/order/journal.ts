import type { ServiceContext } from '../../context.ts';
import { executePrepared, prepared } from '../../platform/database/prepared.ts';

/** A step at the host that changes something there; the look-up before it needs no line. */
export type PlacingStep = 'place' | 'invoice';
export type PlacingPhase = 'begin' | 'done' | 'failed';

const WRITE = prepared(
  'order-journal-write',
  `insert into order_journal (order_id, step, phase, detail, at)
   select ?, line ->> 0, line ->> 1, line -> 2, ? from jsonb_array_elements(?::jsonb) as line`,
);

/**
 * Writes lines of an order's journal, in a transaction of their own. Every step has one before and one after it, so
 * that whatever kills the process, the journal says what may have happened: the first is written with the order, the
 * last with its end (reserve.ts, finish.ts), and where one step follows another both lines are one statement.
 */
export async function journal(
  ctx: ServiceContext,
  orderId: string,
  ...lines: [PlacingStep, PlacingPhase, { message: string }?][]
): Promise<void> {
  await executePrepared(ctx.em.fork(), WRITE, [orderId, new Date(), JSON.stringify(lines)]);
}

/** Does a step whose beginning is in the journal; if it fails, that is written down too. */
export async function orJournal<T>(
  ctx: ServiceContext,
  orderId: string,
  step: PlacingStep,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
    await journal(ctx, orderId, [step, 'failed', { message }]);
    throw error;
  }
}
