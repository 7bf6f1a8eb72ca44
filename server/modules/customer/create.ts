import { z } from 'zod';
import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Customer } from './entity.ts';
import { customerRow } from './row.ts';

/** Adds a customer of the acting reseller. @throws duplicate when the e-mail or reference is used among its own */
export const createCustomer = verb({
  procedure: 'customers.create',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({
    name: z.string().trim().min(1, 'enter the customer’s name').max(200),
    company: z.string().trim().max(200).nullable().default(null),
    email: z.email('enter an e-mail address').max(320),
    externalReference: z.string().trim().min(1).max(120).nullable().default(null),
  }),
  run: async (ctx, input) => {
    const resellerId = actingReseller(ctx);
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
      after: input,
      event: { customerId: customer.id, externalReference: input.externalReference },
    });
    await ctx.em.flush();
    return customerRow(customer, 0);
  },
});
