import { TOLERANCE_SECONDS } from '../../../hooks/transport/signed-headers.ts';
import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, fail, ok, skip, warn } from '../check.ts';

/** The host says whole seconds, and its answer takes time. */
const NORMAL_SECONDS = 5;
/** From here on, little is missing until signatures are refused. */
const DANGEROUS_SECONDS = TOLERANCE_SECONDS / 2;
const MEND = 'Let both machines set their clocks by NTP (chrony, systemd-timesyncd).';

export const clocks: Check = {
  id: 'clocks.agree',
  needs: ['bridge'],
  look(examination) {
    const { clock } = healthOf(examination);
    if (clock === undefined) return skip(NOT_REPORTED);
    const seconds = Math.round(Math.abs(examination.now.getTime() - Date.parse(clock)) / 1000);
    if (seconds <= NORMAL_SECONDS) return ok(`The clocks agree (${seconds} s).`);
    const what = `The clocks of host and service differ by ${seconds} s; from ${TOLERANCE_SECONDS} s on they refuse each other.`;
    return seconds < DANGEROUS_SECONDS ? warn(what, MEND) : fail(what, MEND);
  },
};
