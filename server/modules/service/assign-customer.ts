import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { calledOf } from '../customer/called.ts';
import { findAssignable } from '../customer/find-assignable.ts';
import { Service } from './entity.ts';

/**
 * Says whose service it is, its order staying with whom it was placed for. `before` is the customer that the caller saw.
 * @throws not_found, conflict when somebody else assigned it meanwhile
 */
export const assignService = verb({
  procedure: 'services.assignCustomer',
  permission: 'orders:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    before: z.string().max(60).nullable(),
    customerId: z.string().max(60).nullable(),
  }),
  run: async (ctx, { id, before, customerId }) => {
    const { em } = ctx;
    const resellerId = actingReseller(ctx);
    const service = await em.findOne(Service, { id, resellerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!service) throw new ServiceError('not_found', 'There is no service with this id.');
    const customer = await findAssignable(em, resellerId, customerId);
    if ((service.customerId ?? null) !== before) {
      throw new ServiceError('conflict', 'Somebody assigned this service meanwhile. Load it again.', '/before');
    }
    service.customerId = customerId;
    record(ctx, {
      action: 'service.customer_assigned',
      subject: { type: 'service', id },
      resellerId,
      before: { customerId: before },
      after: { customerId },
      event: { serviceId: id, customerId },
    });
    await em.flush();
    return { id, customer: customer && { id: customer.id, name: calledOf(customer) } };
  },
});
