import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, ok, skip, warn } from '../check.ts';

export const callLimit: Check = {
  id: 'calls.unlimited',
  needs: ['bridge'],
  look(examination) {
    const { callsLimited } = healthOf(examination);
    if (callsLimited === undefined) return skip(NOT_REPORTED);
    if (!callsLimited) return ok('The host does not limit the calls of the service.');
    return warn(
      'The host limits the calls of the service to 1,000 an hour: large comparisons wait in between.',
      "Put the address of the service on the list rate_limiter.whitelist_ips in the host's config.php.",
    );
  },
};
