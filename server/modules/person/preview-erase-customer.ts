import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { Customer } from '../customer/entity.ts';
import { archiveBlocked, holdsOf } from '../customer/hold.ts';
import { customerId } from '../customer/schemas.ts';
import { countErasures } from './customer-erasures.ts';

/**
 * What erasing a customer would reach, by the conditions that erasing goes by, and what stands in its way; changes nothing.
 * @throws not_found
 */
export const previewEraseCustomer = verb({
  procedure: 'customers.previewErase',
  permission: 'customers:write',
  mode: 'read',
  input: z.object({ id: customerId }),
  run: async (ctx, { id }) => {
    const customer = await ctx.em.findOne(Customer, { id, ...ownRows(ctx) });
    if (!customer) throw new ServiceError('not_found', 'There is no customer with this id.');
    const { name, email, resellerId: reseller } = customer;
    const counts = await countErasures(ctx.em, { id, reseller, name, email, company: customer.company ?? null });
    const rows = (table: string): number => counts.get(table) ?? 0;
    return {
      /** Words go, numbers stay. */
      cleaned: {
        orders: rows('reseller_order'),
        services: rows('service'),
        invoices: rows('invoice'),
        events: rows('outbox'),
      },
      /** Go as a whole. */
      removed: { drafts: rows('order_draft'), messages: rows('notice'), ticketLinks: rows('ticket_link') },
      /** Why it cannot be erased yet, in words; null when it can. */
      blocked: archiveBlocked(await holdsOf(ctx.em, id)),
    };
  },
});
