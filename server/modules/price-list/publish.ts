import type { ServiceContext } from '../../context.ts';
import { buildIndex } from './build-index.ts';

/**
 * Tells the bridge which revision is current; it pulls what it lacks, and sends the events that wait. Hosts that cannot be told
 * ask by themselves.
 */
export async function publishPrices({ em, host, now }: ServiceContext): Promise<void> {
  const index = await buildIndex(em, now);
  if (!index) return;
  const { capabilities } = await host.describe({});
  if (!capabilities.includes('pushedPriceLists')) return;
  await host['prices.publish']({ revision: index.revision, events: true });
}
