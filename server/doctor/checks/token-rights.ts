import { createApi } from '../../../hooks/hosts/fossbilling/api-client.ts';
import { createCallBudget } from '../../../hooks/hosts/fossbilling/call-budget.ts';
import { probeRights } from '../../../hooks/hosts/fossbilling/probe-rights.ts';
import { type Check, fail, ok, skip, warn } from '../check.ts';

const WHERE = 'Rights are those of the staff group "Reseller plugin"; hooks/hosts/fossbilling/README.md lists them.';

/** The staff account of the service may do what it must, and nothing that would hurt in wrong hands. */
export const tokenRights: Check = {
  id: 'token.rights',
  needs: ['pairing'],
  async look({ place, installation }) {
    if (place.host !== 'fossbilling') return skip('This host is reached by signed calls only, without a token.');
    const token = installation?.ready ? installation.token : null;
    if (token === null) return fail('The host gave no access token.', 'Pair again, or set RESELLER_HOST_TOKEN.');
    const api = createApi({ baseUrl: place.hostUrl, staffToken: token, budget: createCallBudget() });
    const { missing, excess } = await probeRights(api);
    if (missing.length > 0) return fail(`The token may not: ${missing.join(', ')}.`, `Grant it. ${WHERE}`);
    if (excess.length > 0) return warn(`The token may also: ${excess.join(', ')}.`, `Take it away. ${WHERE}`);
    return ok('The token may do what it must, and no more.');
  },
};
