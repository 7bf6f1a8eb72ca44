import { healthOf } from '../about.ts';
import { type Check, fail, ok, skip } from '../check.ts';

/** Host to service: the bridge was told to pull its price lists, which it does over signed HTTP before it answers. */
export const serviceReachable: Check = {
  id: 'service.reachable-from-host',
  needs: ['bridge', 'database'],
  look(examination) {
    const { pull } = examination;
    if (pull === undefined) return skip('The bridge cannot be told to pull, or there is nothing to pull yet.');
    const { plugin } = healthOf(examination);
    // A refused signature means that the service was reached.
    if (pull === null || plugin?.error === 'unauthorised') return ok('The host reaches the service.');
    return fail(
      `The host could not pull from the service${plugin?.error ? ` (${plugin.error})` : ''}: ${pull.message}`,
      'The address of the service in the settings of the module must be one that the host reaches: check it there, and firewalls between.',
    );
  },
};
