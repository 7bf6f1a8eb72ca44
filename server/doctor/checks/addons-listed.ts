import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, ok, skip, warn } from '../check.ts';

export const addonsListed: Check = {
  id: 'orders.addons-listed',
  needs: ['bridge'],
  look(examination) {
    const { addonsListed: listed } = healthOf(examination);
    if (listed === undefined) return skip(NOT_REPORTED);
    if (listed) return ok('Lists of the host hold add-ons.');
    return warn(
      'Lists of the host leave add-ons out: comparing costs a call for each order.',
      'Switch on "show add-ons" in the settings of the order module of the host.',
    );
  },
};
