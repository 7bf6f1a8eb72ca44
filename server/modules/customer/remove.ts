import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { deleteBlocked, holdsOf } from './hold.ts';
import { loadCustomer } from './load-for-change.ts';
import { customerId } from './schemas.ts';
import { customerEvent, snapshot } from './snapshot.ts';

/**
 * Deletes a customer that nothing hangs on; drafts of orders for it keep their lines. What was bought stays on record, so
 * a customer with orders or services can only be archived. @throws not_found, conflict
 */
export const removeCustomer = verb({
  procedure: 'customers.remove',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({ id: customerId, version: z.int() }),
  run: async (ctx, { id, version }) => {
    const { em } = ctx;
    const customer = await loadCustomer(ctx, id, version);
    const blocked = deleteBlocked(await holdsOf(em, id));
    if (blocked !== null) throw new ServiceError('conflict', blocked);
    record(ctx, {
      action: 'customer.deleted',
      subject: { type: 'customer', id },
      resellerId: customer.resellerId,
      before: snapshot(customer),
      event: customerEvent(customer),
    });
    await em.execute('update order_draft set customer_id = null, version = version + 1 where customer_id = ?', [id]);
    em.remove(customer);
    await em.flush();
    return { id, deleted: true as const };
  },
});
