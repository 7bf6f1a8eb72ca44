import type { ServiceContext } from '../../context.ts';
import { loadSettings } from '../settings/load.ts';

const BATCH = 5000;

/** Removes deliveries with their log that were finished longer ago than the settings keep them, in portions. Returns how many went. */
export async function forgetDeliveries({ em, now }: ServiceContext): Promise<number> {
  const { deliveryLogDays } = await loadSettings(em.fork(), 'retention');
  for (let gone = 0; ;) {
    const rows = await em.execute<unknown[]>(
      `delete from webhook_delivery where position in (
         select position from webhook_delivery where finished_at < ?::timestamptz - make_interval(days => ?::int) limit ?)
       returning position`,
      [now, deliveryLogDays, BATCH],
    );
    gone += rows.length;
    if (rows.length === BATCH) continue;
    await em.execute(
      `delete from webhook_replay r where r.created_at < ?::timestamptz - make_interval(days => ?::int)
          and not exists (select from webhook_delivery d where d.endpoint_id = r.endpoint_id and d.object_key = 'replay:' || r.id
                             and d.state = 'waiting')`,
      [now, deliveryLogDays],
    );
    return gone;
  }
}
