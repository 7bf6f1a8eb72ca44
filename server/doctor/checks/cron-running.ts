import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, fail, ok, skip, warn } from '../check.ts';

/** FOSSBilling asks for a run every five minutes; two that fell out are noticed. */
const LATE_MINUTES = 15;
const STOPPED_MINUTES = 60;
const MEND =
  'Let the machine of the host run its cron every five minutes: renewals and the delivery of events hang on it.';

export const cronRunning: Check = {
  id: 'cron.running',
  needs: ['bridge'],
  look(examination) {
    const { cronAt, clock } = healthOf(examination);
    if (cronAt === undefined) return skip(NOT_REPORTED);
    if (cronAt === null) return fail('The cron of the host never ran since the module is there.', MEND);
    const now = clock === undefined ? examination.now.getTime() : Date.parse(clock);
    const minutes = Math.floor((now - Date.parse(cronAt)) / 60_000);
    if (minutes < LATE_MINUTES) return ok(`The cron of the host ran ${minutes} minute(s) ago.`);
    const what = `The cron of the host ran last at ${cronAt}, ${minutes} minutes ago.`;
    return minutes < STOPPED_MINUTES ? warn(what, MEND) : fail(what, MEND);
  },
};
