import { readPairing } from '../../modules/pairing/state.ts';
import { type Check, fail, ok, skip } from '../check.ts';

export const hostPaired: Check = {
  id: 'host.paired',
  needs: ['database'],
  async look({ place, installation, orm }) {
    if (place.host === 'sandbox') return skip('The sandbox shares its keys with the service and is not paired.');
    if (place.host === 'node') return skip('The plugin runs in the process of the host, where nothing is paired.');
    if (!installation?.ready) {
      return fail(
        `Not paired: ${installation?.reason ?? 'the pairing cannot be read.'}`,
        'Make a code with reseller-plugin pair, and enter it in the settings of the module in the host.',
      );
    }
    const pairing = await readPairing(orm.em.fork());
    return ok(`Paired with ${pairing?.hostUrl} since ${pairing?.pairedAt.toISOString()}.`);
  },
};
