import { z } from 'zod';
import { verb } from '../../verb.ts';
import { loadCustomer } from './load-for-change.ts';
import { customerId } from './schemas.ts';
import { setCustomerStatus } from './set-status.ts';

/** Brings an archived customer back. @throws not_found, conflict */
export const restoreCustomer = verb({
  procedure: 'customers.restore',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({ id: customerId, version: z.int() }),
  run: async (ctx, { id, version }) => setCustomerStatus(ctx, await loadCustomer(ctx, id, version), 'active'),
});
