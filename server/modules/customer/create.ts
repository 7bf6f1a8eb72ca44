import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Customer } from './entity.ts';
import { requireFree } from './require-free.ts';
import { customerRow } from './row.ts';
import { customerFields } from './schemas.ts';
import { customerEvent, snapshot } from './snapshot.ts';

/** Adds a customer of the acting reseller. @throws duplicate when the e-mail or reference is used among its own */
export const createCustomer = verb({
  procedure: 'customers.create',
  permission: 'customers:write',
  mode: 'write',
  input: customerFields,
  run: async (ctx, input) => {
    const resellerId = actingReseller(ctx);
    await requireFree(ctx.em, resellerId, input);
    const customer = ctx.em.create(Customer, {
      id: newId('cus'),
      resellerId,
      ...input,
      hostClientId: null,
      status: 'active',
      createdAt: ctx.now,
      version: 1,
    });
    record(ctx, {
      action: 'customer.created',
      subject: { type: 'customer', id: customer.id },
      resellerId,
      after: snapshot(customer),
      event: customerEvent(customer),
    });
    await ctx.em.flush();
    return customerRow(customer, 0);
  },
});
