import { aboutOf, healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, ok, skip, warn } from '../check.ts';

export const nativeCheckout: Check = {
  id: 'checkout.native',
  needs: ['bridge'],
  look(examination) {
    const { nativeCheckout: found } = healthOf(examination);
    if (!found) {
      const declared = aboutOf(examination).capabilities.includes('nativeCheckout');
      return skip(declared ? NOT_REPORTED : 'The host has no wholesale prices in its own shop.');
    }
    if (!found.enabled) return skip('Wholesale prices in the shop of the host are switched off.');
    if (found.works) return ok('The shop of the host sells to resellers at wholesale.');
    return warn(
      `The shop of the host shows retail: its self-test failed${found.reason ? ` (${found.reason})` : ''}.`,
      'Resellers are still billed wholesale, since invoices are corrected before they are sent. Update the module for this version of the host.',
    );
  },
};
