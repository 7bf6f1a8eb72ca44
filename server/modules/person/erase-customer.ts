import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { archiveBlocked, holdsOf } from '../customer/hold.ts';
import { loadCustomer } from '../customer/load-for-change.ts';
import { customerId } from '../customer/schemas.ts';
import { eraseCustomerEverywhere } from './customer-erasures.ts';

/**
 * Takes one customer's person out of the data: name, contact, notes and free text of it, its orders and services, wherever
 * they stand; its drafts and the messages that name it go as a whole, events keep ids alone. What was bought and paid
 * stays as numbers under its id, for the books (GDPR art. 17 (3) b), and so does the activity log, which cannot be changed
 * (art. 17 (3) e). The customer is archived, and stays it in name. Final.
 * @throws not_found, version_mismatch, conflict (running services, orders on their way), bad_input
 */
export const eraseCustomer = verb({
  procedure: 'customers.erase',
  permission: 'customers:write',
  mode: 'write',
  input: z.object({
    id: customerId,
    version: z.int(),
    /** The customer's name, typed again. */
    confirm: z.string().max(200),
    /** Why, for the activity log. Not the place for what is erased. */
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  run: async (ctx, { id, version, confirm, reason }) => {
    const { em } = ctx;
    const customer = await loadCustomer(ctx, id, version);
    const { name, email, resellerId: reseller } = customer;
    if (confirm !== name) {
      throw new ServiceError('bad_input', 'Type the customer’s name exactly as it is shown.', '/confirm');
    }
    const blocked = archiveBlocked(await holdsOf(em, id));
    if (blocked !== null) throw new ServiceError('conflict', blocked);
    await eraseCustomerEverywhere(em, { id, reseller, name, email, company: customer.company ?? null });
    record(ctx, {
      action: 'customer.erased',
      subject: { type: 'customer', id },
      resellerId: reseller,
      reason,
      event: { customerId: id, externalReference: null, status: 'archived' },
    });
    await em.flush();
    return { id, erased: true as const };
  },
});
