import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { archiveBlocked, holdsOf } from './hold.ts';
import { loadCustomer } from './load-for-change.ts';
import { customerId } from './schemas.ts';
import { setCustomerStatus } from './set-status.ts';

/** Takes a customer without running services out of the lists; its history stays. @throws not_found, conflict */
export const archiveCustomer = verb({
  procedure: 'customers.archive',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({ id: customerId, version: z.int() }),
  run: async (ctx, { id, version }) => {
    const customer = await loadCustomer(ctx, id, version);
    const blocked = archiveBlocked(await holdsOf(ctx.em, id));
    if (blocked !== null) throw new ServiceError('conflict', blocked);
    return setCustomerStatus(ctx, customer, 'archived');
  },
});
