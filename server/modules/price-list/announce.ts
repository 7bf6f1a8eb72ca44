import type { ServiceContext } from '../../context.ts';

/** Tells the host's bridge, after commit, that the price index changed. It would find out by itself within seconds. */
export async function announcePrices({ em, enqueue }: ServiceContext): Promise<void> {
  await enqueue(em, 'publish-prices');
}
