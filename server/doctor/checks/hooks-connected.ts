import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, fail, ok, skip } from '../check.ts';

export const hooksConnected: Check = {
  id: 'hooks.connected',
  needs: ['bridge'],
  look(examination) {
    const { hooksConnected: connected } = healthOf(examination);
    if (connected === undefined) return skip(NOT_REPORTED);
    if (connected) return ok('The host calls the bridge for orders and invoices.');
    return fail(
      'The host does not call the bridge: nothing guards invoices, and events are lost.',
      examination.place.host === 'fossbilling'
        ? 'Run the cron of the host once, or call hook/batch_connect as admin: a fresh FOSSBilling connects its modules only then.'
        : "Connect the bridge's hooks in the host.",
    );
  },
};
