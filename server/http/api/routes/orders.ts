import { z } from 'zod';
import { orderAgain } from '../../../modules/order/again.ts';
import { cancelOrder } from '../../../modules/order/cancel.ts';
import { getOrder } from '../../../modules/order/get.ts';
import { listOrders } from '../../../modules/order/list.ts';
import { listPaymentMethods } from '../../../modules/order/payment-methods.ts';
import { placeOrder } from '../../../modules/order/place.ts';
import { orderStatus } from '../../../modules/order/schemas.ts';
import { updateOrder } from '../../../modules/order/update.ts';
import { assignService } from '../../../modules/service/assign-customer.ts';
import { getService } from '../../../modules/service/get.ts';
import { listServices } from '../../../modules/service/list.ts';
import { asPage, idFilter as id, paged, route, type Route } from '../route.ts';
import {
  assigned,
  order,
  orderAgain as again,
  orderDetail,
  pageOf,
  paymentMethods,
  service,
  serviceDetail,
} from '../schemas.ts';

/** Orders and the services that come of them. */
export const orderRoutes: Route[] = [
  route({
    method: 'post',
    path: '/orders',
    tag: 'Orders',
    summary: 'Orders at the prices of a quote. The same Idempotency-Key never makes a second order',
    verb: placeOrder,
    keyNeeded: true,
    body: placeOrder.input.omit({ idempotencyKey: true }),
    input: ({ body, key }) => ({ ...body, idempotencyKey: key }),
    answer: order,
    status: 201,
  }),
  route({
    method: 'get',
    path: '/orders',
    tag: 'Orders',
    summary: 'Orders, newest first',
    verb: listOrders,
    query: z.strictObject({
      ...paged,
      search: z.string().max(100).optional(),
      status: orderStatus.optional(),
      customerId: id,
      product: z.string().max(120).optional(),
      from: z.iso.date().optional(),
      until: z.iso.date().optional(),
      sort: z.enum(['-placedAt', 'placedAt']).optional(),
      resellerId: id,
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(order),
  }),
  route({
    method: 'get',
    path: '/orders/{id}',
    tag: 'Orders',
    summary: 'One order with lines, invoice and services',
    verb: getOrder,
    input: ({ id }) => ({ id }),
    answer: orderDetail,
  }),
  route({
    method: 'patch',
    path: '/orders/{id}',
    tag: 'Orders',
    summary: 'Changes for whom an order was, and its note',
    verb: updateOrder,
    ifMatch: true,
    body: updateOrder.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: order,
  }),
  route({
    method: 'post',
    path: '/orders/{id}/cancel',
    tag: 'Orders',
    summary: 'Cancels an order that waits for payment',
    verb: cancelOrder,
    ifMatch: true,
    body: cancelOrder.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: order,
  }),
  route({
    method: 'get',
    path: '/orders/{id}/again',
    tag: 'Orders',
    summary: 'The lines of an order at today’s prices, with a quote to order them once more',
    verb: orderAgain,
    input: ({ id }) => ({ id }),
    answer: again,
  }),
  route({
    method: 'get',
    path: '/payment-methods',
    tag: 'Orders',
    summary: 'How an order may be paid; empty where the host offers no choice',
    verb: listPaymentMethods,
    input: () => ({}),
    output: ({ rows }) => ({ methods: rows }),
    answer: paymentMethods,
  }),
  route({
    method: 'get',
    path: '/services',
    tag: 'Services',
    summary: 'Services, those due next first',
    verb: listServices,
    query: z.strictObject({
      ...paged,
      search: z.string().max(100).optional(),
      view: z.enum(['all', 'active', 'due_soon', 'at_risk', 'needs_attention', 'ended']).optional(),
      status: service.shape.status.optional(),
      product: z.string().max(120).optional(),
      customerId: id,
      orderId: id,
      resellerId: id,
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(service),
  }),
  route({
    method: 'get',
    path: '/services/{id}',
    tag: 'Services',
    summary: 'One service with its state, its next invoice, and what can be done',
    verb: getService,
    input: ({ id }) => ({ id }),
    output: ({ renewalInvoice, ...row }) => ({ ...row, renewalInvoice, actions: actionsOf(row, renewalInvoice) }),
    answer: serviceDetail,
  }),
  route({
    method: 'post',
    path: '/services/{id}/customer',
    tag: 'Services',
    summary: 'Says whose service it is; "before" is the customer as it was read',
    verb: assignService,
    body: assignService.input.omit({ id: true }),
    input: ({ id, body }) => ({ ...body, id }),
    answer: assigned,
  }),
];

/** Each action that is open to a service in its state. */
function actionsOf(
  { id, askProvider }: { id: string; askProvider: { url: string | null } },
  renewal: { payUrl: string | null } | null,
) {
  const pages = [
    { action: 'pay_renewal', page: renewal?.payUrl ?? null },
    { action: 'ask_provider', page: askProvider.url },
  ];
  return [
    { action: 'assign_customer', path: `/services/${id}/customer`, page: null },
    ...pages.filter(({ page }) => page !== null).map((one) => ({ ...one, path: null })),
  ];
}
