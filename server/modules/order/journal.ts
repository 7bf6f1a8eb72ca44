import type { ServiceContext } from '../../context.ts';

export type PlacingStep = 'find' | 'place' | 'invoice';

/**
 * Does one step at the host with a line in the journal before and after it, each in a transaction of its own: whatever
 * kills the process, the journal says what may have happened.
 */
export async function journaled<T>(
  ctx: ServiceContext,
  orderId: string,
  step: PlacingStep,
  work: () => Promise<T>,
): Promise<T> {
  await write(ctx, orderId, step, 'begin');
  try {
    const result = await work();
    await write(ctx, orderId, step, 'done');
    return result;
  } catch (error) {
    await write(ctx, orderId, step, 'failed', error instanceof Error ? error.message.slice(0, 300) : 'unknown');
    throw error;
  }
}

async function write(
  ctx: ServiceContext,
  orderId: string,
  step: string,
  phase: string,
  detail?: string,
): Promise<void> {
  await ctx.em
    .fork()
    .execute('insert into order_journal (order_id, step, phase, detail, at) values (?, ?, ?, ?, ?)', [
      orderId,
      step,
      phase,
      detail === undefined ? null : JSON.stringify({ message: detail }),
      new Date(),
    ]);
}
