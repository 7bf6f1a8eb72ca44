import type { ServiceContext } from '../../context.ts';
import { loadSettings } from '../settings/load.ts';

/** Which events were looked at is needed for the day that collect.ts looks back, and no longer than a week. */
const SEEN_KEPT = '7 days';
const BATCH = 5000;

/** Deletes notices that are older than the settings keep them, in portions; what still waits stays. Returns how many went. */
export async function forgetNotices({ em, now }: ServiceContext): Promise<number> {
  const { noticeLogDays } = await loadSettings(em.fork(), 'retention');
  await em.execute(`delete from notice_seen where at < ?::timestamptz - interval '${SEEN_KEPT}'`, [now]);
  for (let gone = 0; ;) {
    const rows = await em.execute<unknown[]>(
      `delete from notice where id in (
         select id from notice where created_at < ?::timestamptz - make_interval(days => ?::int) and state <> 'queued' limit ?)
       returning id`,
      [now, noticeLogDays, BATCH],
      'all',
    );
    gone += rows.length;
    if (rows.length < BATCH) return gone;
  }
}
