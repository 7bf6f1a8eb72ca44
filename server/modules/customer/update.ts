import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Order } from '../order/entity.ts';
import { loadCustomer } from './load-for-change.ts';
import { requireFree } from './require-free.ts';
import { customerRow } from './row.ts';
import { customerFields, customerId } from './schemas.ts';
import { customerEvent, snapshot } from './snapshot.ts';

/** Changes what is written down about a customer; fields that are left out stay. @throws not_found, conflict, duplicate */
export const updateCustomer = verb({
  procedure: 'customers.update',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({
    id: customerId,
    version: z.int(),
    name: customerFields.shape.name.optional(),
    company: customerFields.shape.company.unwrap().optional(),
    email: customerFields.shape.email.optional(),
    externalReference: customerFields.shape.externalReference.unwrap().optional(),
    phone: customerFields.shape.phone.unwrap().optional(),
    country: customerFields.shape.country.unwrap().optional(),
    language: customerFields.shape.language.unwrap().optional(),
    note: customerFields.shape.note.unwrap().optional(),
  }),
  run: async (ctx, { id, version, ...given }) => {
    const customer = await loadCustomer(ctx, id, version);
    const before = snapshot(customer);
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { email, externalReference = null } = { ...before, ...given };
    await requireFree(ctx.em, customer.resellerId, { email: email ?? customer.email, externalReference }, id);
    ctx.em.assign(customer, fields);
    record(ctx, {
      action: 'customer.updated',
      subject: { type: 'customer', id },
      resellerId: customer.resellerId,
      before,
      after: snapshot(customer),
      event: customerEvent(customer),
    });
    await ctx.em.flush();
    return customerRow(customer, await ctx.em.count(Order, { customerId: id }));
  },
});
