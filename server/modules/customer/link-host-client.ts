import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Order } from '../order/entity.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { Customer } from './entity.ts';
import { loadCustomer } from './load-for-change.ts';
import { customerRow } from './row.ts';
import { customerId } from './schemas.ts';
import { snapshot } from './snapshot.ts';

/**
 * Says which client of the host a customer is as well, or with null that it is none. For the provider's staff: a reseller
 * would learn by it who else the provider's clients are. @throws not_found, conflict, host_unreachable
 */
export const linkHostClient = verb({
  procedure: 'customers.linkHostClient',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({ id: customerId, version: z.int(), hostClientId: hostId.nullable() }),
  prepare: async ({ host }, { hostClientId }) =>
    hostClientId === null ? null : (await host['clients.list']({ ids: [hostClientId], limit: 1 })).clients[0],
  run: async (ctx, { id, version, hostClientId }, client) => {
    const { em } = ctx;
    const customer = await loadCustomer(ctx, id, version);
    if (hostClientId !== null) {
      if (!client) throw new ServiceError('not_found', 'The host has no such client.', '/hostClientId');
      if (await findByHostClient(em, hostClientId)) {
        throw new ServiceError('conflict', 'This client is a reseller. Choose another one.', '/hostClientId');
      }
      if ((await em.count(Customer, { hostClientId, id: { $ne: id } })) > 0) {
        throw new ServiceError('conflict', 'This client is linked to another customer already.', '/hostClientId');
      }
    }
    const before = snapshot(customer);
    customer.hostClientId = hostClientId;
    record(ctx, {
      action: hostClientId === null ? 'customer.unlinked' : 'customer.linked',
      subject: { type: 'customer', id },
      resellerId: customer.resellerId,
      before,
      after: snapshot(customer),
    });
    await em.flush();
    return customerRow(customer, await em.count(Order, { customerId: id }));
  },
});
