import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, fail, ok, skip, warn } from '../check.ts';

/** Events leave with the answer or the next run of the cron; a quarter of an hour means that they do not leave. */
const LATE_SECONDS = 900;

export const eventsDelivered: Check = {
  id: 'events.delivered',
  needs: ['bridge', 'database'],
  async look(examination) {
    const { outbox } = healthOf(examination);
    const [aside] = await examination.orm.em
      .fork()
      .execute<{ count: number }[]>(`select count(*)::int as count from inbox where outcome = 'parked'`);
    const parked = (outbox?.parked ?? 0) + (aside?.count ?? 0);
    if (outbox && (outbox.oldestSeconds ?? 0) > LATE_SECONDS) {
      return fail(
        `${outbox.waiting} event(s) wait in the host, the oldest for ${Math.round((outbox.oldestSeconds ?? 0) / 60)} minutes.`,
        'See service.reachable-from-host and cron.running. Nothing is lost: they are sent as soon as both work.',
      );
    }
    if (parked > 0) {
      return warn(
        `${parked} event(s) were set aside.`,
        'Run reseller-plugin reconcile run: it finds what they would have told.',
      );
    }
    return outbox ? ok(`Events arrive; ${outbox.waiting} are on their way.`) : skip(NOT_REPORTED);
  },
};
