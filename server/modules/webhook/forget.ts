import type { ServiceContext } from '../../context.ts';

/** Days that the log of a finished delivery is kept. */
const KEPT_DAYS = 60;
const BATCH = 5000;

/** Removes the log of what was finished long ago, in portions. Returns how many deliveries went. */
export async function forgetDeliveries({ em, now }: ServiceContext): Promise<number> {
  for (let gone = 0; ;) {
    const rows = await em.execute<unknown[]>(
      `delete from webhook_delivery where position in (
         select position from webhook_delivery where finished_at < ?::timestamptz - interval '${KEPT_DAYS} days' limit ?)
       returning position`,
      [now, BATCH],
    );
    gone += rows.length;
    if (rows.length < BATCH) return gone;
  }
}
