import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { Customer } from '../customer/entity.ts';
import { hostLinks } from '../host/facts.ts';
import { Invoice } from '../invoice/entity.ts';
import { invoiceStatus, payLink } from '../invoice/state.ts';
import { billingToday } from '../revenue/billing-today.ts';
import { marginOfOrder } from '../own-price/order-margin.ts';
import { serviceFilter } from '../service/filter.ts';
import { findServiceRows } from '../service/find-rows.ts';
import { Order } from './entity.ts';
import { orderHistory } from './history.ts';
import { retailTotal } from './retail-total.ts';
import { orderRow } from './row.ts';
import type { OrderLine } from './schemas.ts';

/** More than an order has: a hundred lines, each one service. */
const MOST_SERVICES = 200;

/** One order with lines, invoice, services and what happened to it. A foreign id is answered like an unknown one. */
export const getOrder = verb({
  procedure: 'orders.get',
  permission: 'orders:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { em } = ctx;
    const mine = tenantOf(ctx.actor) !== null;
    const order = await em.findOne(Order, { id, ...ownRows(ctx) });
    if (!order) throw new ServiceError('not_found', 'There is no order with this id.');
    const ofOrder = serviceFilter.parse({ orderId: order.id });
    const [customer, invoice, found, link, today] = await Promise.all([
      order.customerId ? em.findOne(Customer, order.customerId) : null,
      order.hostInvoiceId ? em.findOne(Invoice, order.hostInvoiceId) : null,
      findServiceRows(ctx, ofOrder, { sort: 'createdAt', limit: MOST_SERVICES }),
      hostLinks(ctx.host),
      billingToday(em, ctx.now),
    ]);
    const services = found.map(({ row }) => row);
    const history = await orderHistory(em, order, services, invoice?.paidAt ?? null);
    // What a reseller asks of its customers is its own affair.
    const orderLines: OrderLine[] = mine ? order.lines : order.lines.map(({ own: _own, ...line }) => line);
    return {
      ...orderRow(order, customer),
      retailTotal: retailTotal(order),
      note: order.note ?? null,
      paymentMethod: order.paymentMethod ?? null,
      idempotencyKey: order.idempotencyKey ?? null,
      /** The price list that priced it, and when. */
      priced: order.listHash ? { listHash: order.listHash, at: order.pricedAt?.toISOString() ?? null } : null,
      cancelling: order.cancelState === 'asked',
      canCancel: order.status === 'pending' && order.cancelState !== 'asked' && Boolean(order.hostOrderId),
      orderLines,
      ownSales: mine ? marginOfOrder(order.lines, order.digits) : null,
      invoice: invoice && {
        id: invoice.hostInvoiceId,
        number: invoice.number,
        status: invoiceStatus(invoice, today),
        currency: invoice.currency,
        total: invoice.total,
        dueOn: invoice.dueOn ?? null,
        payUrl: payLink(invoice, link),
      },
      services: services.map((service) => ({
        id: service.id,
        title: service.title,
        domain: service.domain,
        status: service.status,
        term: service.term,
        currency: service.currency,
        wholesale: service.wholesale,
        nextDueOn: service.nextDueOn,
      })),
      hostUrl: link('order', order.hostOrderId),
      ...history,
    };
  },
});
