import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { timelineOf } from '../activity/timeline.ts';
import { daysOf } from './figures.ts';
import { customerFilter } from './filter.ts';
import { findCustomerRows } from './find-rows.ts';
import { archiveBlocked, deleteBlocked, holdsOf } from './hold.ts';
import { customerId } from './schemas.ts';
import { shareOfRevenue } from './share-of-revenue.ts';

/**
 * One customer with its figures (revenue of 365 days and all time), notes and history, its share of the reseller's
 * revenue in basis points, and what keeps it from being archived or deleted. @throws not_found
 */
export const getCustomer = verb({
  procedure: 'customers.get',
  permission: 'customers:read',
  mode: 'read',
  input: z.object({ id: customerId }),
  run: async (ctx, { id }) => {
    const { em, now } = ctx;
    const filter = customerFilter.parse({});
    const days = await daysOf(em, now, filter.days);
    const [found] = await findCustomerRows(ctx, filter, { sort: 'name', limit: 1, days, id });
    if (!found) throw new ServiceError('not_found', 'There is no customer with this id.');
    const { row, note, own } = found;
    const [holds, timeline, shareBp] = await Promise.all([
      holdsOf(em, id),
      timelineOf(em, 'customer', id),
      shareOfRevenue(em, row.resellerId, own, days),
    ]);
    return {
      ...row,
      note,
      shareBp,
      archiveBlocked: row.status === 'archived' ? null : archiveBlocked(holds),
      deleteBlocked: deleteBlocked(holds),
      timeline,
    };
  },
});
