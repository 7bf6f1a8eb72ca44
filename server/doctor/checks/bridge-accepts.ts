import { HostError } from '../../../hooks/contract/index.ts';
import { type Check, fail, ok, skip } from '../check.ts';

/** Service to host: does the host accept our signature, and speak our contract? */
export const bridgeAccepts: Check = {
  id: 'bridge.accepts-signature',
  needs: ['pairing'],
  look({ about }) {
    if (!(about instanceof HostError)) return ok('The host accepts the signatures of the service.');
    if (about.code === 'unauthorised') {
      return fail(
        'The host refuses the signature of the service.',
        'Compare both clocks; if they agree, pair again: reseller-plugin pair',
      );
    }
    if (about.code === 'conflict') {
      return fail('The host speaks another version of the contract.', 'Update the older of module and service.');
    }
    return skip('The bridge in the host does not answer.');
  },
};
