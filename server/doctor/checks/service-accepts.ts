import { healthOf } from '../about.ts';
import { type Check, fail, ok, skip } from '../check.ts';

/** Host to service: does the service accept the host's signature? */
export const serviceAccepts: Check = {
  id: 'service.accepts-signature',
  needs: ['bridge', 'database'],
  look(examination) {
    const { pull } = examination;
    if (pull === null) return ok('The service accepts the signatures of the host.');
    if (healthOf(examination).plugin?.error === 'unauthorised') {
      return fail(
        'The service refuses the signature of the host.',
        'Compare both clocks; if they agree, pair again: reseller-plugin pair',
      );
    }
    return skip('The host did not get as far as showing a signature.');
  },
};
