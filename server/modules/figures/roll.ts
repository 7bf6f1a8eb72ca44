import type { ServiceContext } from '../../context.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from '../revenue/billing-day.ts';
import { foldFigures, foldBatch, lockFigures } from './fold.ts';

/**
 * Moves the windows of 30 days on when a new day began in the billing zone; what is booked meanwhile waits for it. The
 * windows otherwise change with each fold.
 */
export async function rollFigures({ em, now }: ServiceContext): Promise<void> {
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  const today = billingDay(now, billingZone);
  const [window] = await em.execute<{ until: string }[]>('select until::text as until from figure_window');
  if (window?.until === today) return;
  await foldFigures(em);
  await em.fork().transactional(async (inside) => {
    await lockFigures(inside);
    // The windows are made from the rollup of days, which bookings write themselves: what came in between must not be
    // counted there and then be folded in once more.
    await inside.execute('lock table revenue_tail in share row exclusive mode');
    while ((await foldBatch(inside)) > 0);
    await inside.execute('select roll_figures(?::date)', [today]);
  });
}
