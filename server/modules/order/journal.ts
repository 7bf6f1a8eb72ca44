import type { OneConnection } from '../../platform/database/one-connection.ts';
import { prepared } from '../../platform/database/prepared.ts';

/** A step at the host that changes something there; the look-up before it needs no line. */
export type PlacingStep = 'place' | 'invoice' | 'cancel';
export type PlacingPhase = 'begin' | 'done' | 'failed';

const WRITE = prepared(
  'order-journal-write',
  `insert into order_journal (order_id, step, phase, detail, at)
   select ?, line.step, line.phase, line.detail::jsonb, ?
     from unnest(?::text[], ?::text[], ?::text[]) as line(step, phase, detail),
          (select set_config('synchronous_commit', 'off', true)) as unhurried`,
);

/**
 * Writes lines of an order's journal, in a transaction of their own. Every step has one before and one after it, so
 * that whatever kills the process, the journal says what may have happened: the first is written with the order, the
 * last with its end (reserve.ts, finish.ts), and where one step follows another both lines are one statement. They do not
 * wait for the disk: a machine that loses power may lose the last of them, but an order is looked up at the host anyway.
 */
export async function journal(
  connection: OneConnection,
  orderId: string,
  ...lines: [PlacingStep, PlacingPhase, { message: string }?][]
): Promise<void> {
  await connection.execute(WRITE, [
    orderId,
    new Date(),
    lines.map(([step]) => step),
    lines.map(([, phase]) => phase),
    lines.map(([, , detail]) => (detail ? JSON.stringify(detail) : null)),
  ]);
}

/** Does a step whose beginning is in the journal; if it fails, that is written down too. */
export async function orJournal<T>(
  connection: OneConnection,
  orderId: string,
  step: PlacingStep,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
    await journal(connection, orderId, [step, 'failed', { message }]);
    throw error;
  }
}
