import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { timelineOf } from '../activity/timeline.ts';
import { hostLinks } from '../host/facts.ts';
import { Order } from '../order/entity.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { Invoice } from './entity.ts';
import { linesWithLocks } from './lines-with-locks.ts';
import { invoiceRow } from './row.ts';

/**
 * One invoice of the provider to the reseller: each line with its service, whose customer it is, and the locked price it
 * stands on. A foreign id is answered like an unknown one. @throws not_found
 */
export const getInvoice = verb({
  procedure: 'invoices.get',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({ id: hostId }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const invoice = await em.findOne(Invoice, { hostInvoiceId: id, ...ownRows(ctx) });
    if (!invoice) throw new ServiceError('not_found', 'There is no invoice with this id.');
    const [order, lines, timeline, link, today] = await Promise.all([
      em.findOne(Order, { hostInvoiceId: id, resellerId: invoice.resellerId }),
      linesWithLocks(em, invoice),
      timelineOf(em, 'invoice', id),
      hostLinks(ctx.host),
      billingToday(em, ctx.now),
    ]);
    return {
      ...invoiceRow(invoice, order, today, link),
      lines,
      timeline,
      hostUrl: link('invoice', id),
    };
  },
});
