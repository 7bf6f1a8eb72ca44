import { z } from 'zod';
import type { CallResponse } from '../../contract/index.ts';
import { readClient } from './clients.ts';
import type { FossbillingHost } from './host.ts';
import { looseFlag, looseId, looseText } from './loose.ts';

/** Id of account credit among the payment methods: in the host it is no gateway. */
export const CREDIT_METHOD = 'credit';

const gateways = z.array(
  z.object({
    id: looseId,
    code: looseText,
    title: looseText,
    allow_single: looseFlag,
    accepted_currencies: z.array(z.string()).nullish(),
  }),
);

/**
 * The gateways that take the client's currency, and account credit. Asked as a guest: the staff call for them shows the
 * gateways' keys, a right that the token should not have.
 */
export async function listPaymentMethods(
  host: FossbillingHost,
  clientId: string,
): Promise<CallResponse<'paymentMethods.list'>> {
  const { currency } = await readClient(host, clientId);
  const active = await host.api.call('invoice/gateways', {}, gateways, { role: 'guest' });
  const fitting = active.filter(({ allow_single: single, accepted_currencies: accepted, code }) => {
    return single && code !== 'ClientBalance' && (!accepted || accepted.length === 0 || accepted.includes(currency));
  });
  const methods = fitting.map(({ id, title, code }) => {
    return { id, title: (title ?? code ?? id).slice(0, 100), credit: false };
  });
  return { methods: [...methods, { id: CREDIT_METHOD, title: 'Account credit', credit: true }] };
}
