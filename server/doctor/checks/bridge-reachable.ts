import { HostError } from '../../../hooks/contract/index.ts';
import { type Check, fail, ok } from '../check.ts';

/** Service to host: is there anything of ours at the host's address? */
export const bridgeReachable: Check = {
  id: 'bridge.reachable',
  needs: ['pairing'],
  look({ place, about }) {
    if (!(about instanceof HostError)) return ok(`The bridge in the host answers at ${place.hostUrl}.`);
    if (about.code === 'unreachable') {
      return fail(
        `The host does not answer at ${place.hostUrl}.`,
        'Check that it runs, that RESELLER_HOST_URL is right, and that this machine may open connections to it.',
      );
    }
    if (['not_found', 'not_supported', 'bad_answer', 'bad_request'].includes(about.code)) {
      return fail(
        `Something answers at ${place.hostUrl}, but not our bridge (${about.code}).`,
        'Activate the module in the host, and set RESELLER_HOST_URL to its final address: redirects are not followed.',
      );
    }
    if (about.code === 'unavailable') {
      return fail('The host answers that it cannot serve now.', 'See the log of the host at this moment.');
    }
    return ok(`The bridge in the host answers at ${place.hostUrl}.`);
  },
};
