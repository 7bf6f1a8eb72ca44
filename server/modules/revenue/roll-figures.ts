import type { ServiceContext } from '../../context.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';

/**
 * Moves the windows of 30 days on when a new day began in the billing zone; what is booked meanwhile waits for it. The
 * windows otherwise change with each booking.
 */
export async function rollFigures({ em, now }: ServiceContext): Promise<void> {
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  const today = billingDay(now, billingZone);
  await em.fork().transactional(async (inside) => {
    const [window] = await inside.execute<{ until: string }[]>(
      'select until::text as until from figure_window for update',
    );
    if (window?.until === today) return;
    // A booking between the reading of the rollups and the writing of the windows would be lost in them.
    await inside.execute('lock table reseller_total in share row exclusive mode');
    await inside.execute('select roll_figures(?::date)', [today]);
  });
}
