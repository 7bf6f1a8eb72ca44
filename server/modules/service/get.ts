import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { timelineOf } from '../activity/timeline.ts';
import { hostLinks } from '../host/facts.ts';
import { payLink } from '../invoice/state.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { serviceFilter } from './filter.ts';
import { findServiceRows } from './find-rows.ts';
import { invoicesOf } from './invoices-of.ts';
import { locksOf } from './locks-of.ts';

/**
 * One service: its price with all locks, its invoices with the renewal that is to be paid, what happened to it, and what
 * can be done. No host has a call to suspend, reactivate or end a service for a reseller: `askProvider` is where its
 * tickets are. A foreign id is answered like an unknown one. @throws not_found
 */
export const getService = verb({
  procedure: 'services.get',
  permission: 'services:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const [found] = await findServiceRows(ctx, serviceFilter.parse({}), { sort: 'createdAt', limit: 1, id });
    if (!found) throw new ServiceError('not_found', 'There is no service with this id.');
    const { row } = found;
    const today = await billingToday(em, ctx.now);
    const [locks, invoices, own, byHost, link] = await Promise.all([
      locksOf(em, row.hostServiceId),
      invoicesOf(em, row, today),
      timelineOf(em, 'service', id),
      // Changes of its price are recorded under the host's id.
      timelineOf(em, 'service', row.hostServiceId),
      hostLinks(ctx.host),
    ]);
    const renewal = invoices.find((invoice) => invoice.renewal && isOpen(invoice.status));
    const timeline = [...own, ...byHost].toSorted((left, right) => (left.at < right.at ? -1 : 1));
    return {
      ...row,
      /** Since when it is in its state. */
      statusSince: own.findLast(({ kind }) => kind === `service.${row.status}`)?.at ?? row.createdAt,
      locks,
      invoices,
      renewalInvoice: renewal
        ? { ...renewal, payUrl: payLink({ status: 'unpaid', hostInvoiceId: renewal.id }, link) }
        : null,
      /** What the next invoice will charge and when; null when none will come. */
      nextInvoice:
        row.nextDueOn && row.wholesale !== null && row.status !== 'cancelled' && !renewal
          ? { dueOn: row.nextDueOn, currency: row.currency, amount: row.wholesale }
          : null,
      timeline,
      hostUrl: link('service', row.hostServiceId),
      askProvider: { url: link('tickets', row.hostServiceId) },
    };
  },
});

const isOpen = (status: string): boolean => status === 'unpaid' || status === 'overdue';
