import type { ServiceContext } from '../../context.ts';
import { announcePrices } from '../price-list/announce.ts';
import { assignPrices } from '../price-list/assign.ts';
import type { SectionName } from './sections/index.ts';

/** Fields that decide what things cost. */
const priced = ['discountBp', 'applyTo', 'capAtRetail', 'floorLiftsBooks'];
/** Fields that the host's bridge is told with the price index. */
const announced = ['enabled', 'coupons', 'refuseStaleSeconds'];

/** What follows from a saved section, in its transaction: price lists, the bridge's index, the zone of the host. */
export async function takeEffect(
  ctx: ServiceContext,
  section: SectionName,
  changed: ReadonlySet<string>,
): Promise<void> {
  const { em } = ctx;
  if (section === 'prices' && priced.some((field) => changed.has(field))) {
    await assignPrices(ctx, null, { lowerLocks: true });
  } else if (announced.some((field) => changed.has(field))) {
    await announcePrices(ctx);
  }
  if (section === 'programme' && changed.has('billingZone')) {
    await em.execute('update programme set billing_zone = coalesce(own_billing_zone, billing_zone) where id = 1');
    // Back to the host's zone: only the host knows it.
    await ctx.enqueue(em, 'sync-catalogue');
  }
}
