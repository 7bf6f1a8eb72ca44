import { z } from 'zod';
import { archiveCustomer } from '../../../modules/customer/archive.ts';
import { createCustomer } from '../../../modules/customer/create.ts';
import { getCustomer } from '../../../modules/customer/get.ts';
import { linkHostClient } from '../../../modules/customer/link-host-client.ts';
import { listCustomers } from '../../../modules/customer/list.ts';
import { removeCustomer } from '../../../modules/customer/remove.ts';
import { restoreCustomer } from '../../../modules/customer/restore.ts';
import { updateCustomer } from '../../../modules/customer/update.ts';
import { asPage, paged, route, type Route } from '../route.ts';
import { customer, customerDetail, deleted, pageOf } from '../schemas.ts';

const tag = 'Customers';

/** Whom the reseller sells to. */
export const customerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/customers',
    tag,
    summary: 'Customers by name',
    verb: listCustomers,
    query: z.strictObject({
      ...paged,
      search: z.string().max(100).optional(),
      status: z.enum(['active', 'archived']).optional(),
      sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).optional(),
      resellerId: z.string().max(60).optional(),
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(customer),
  }),
  route({
    method: 'post',
    path: '/customers',
    tag,
    summary: 'Adds a customer',
    verb: createCustomer,
    body: createCustomer.input,
    input: ({ body }) => body,
    answer: customer,
    status: 201,
  }),
  route({
    method: 'get',
    path: '/customers/{id}',
    tag,
    summary: 'One customer with its figures',
    verb: getCustomer,
    input: ({ id }) => ({ id }),
    answer: customerDetail,
  }),
  route({
    method: 'patch',
    path: '/customers/{id}',
    tag,
    summary: 'Changes a customer; fields that are left out stay',
    verb: updateCustomer,
    ifMatch: true,
    body: updateCustomer.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: customer,
  }),
  route({
    method: 'delete',
    path: '/customers/{id}',
    tag,
    summary: 'Deletes a customer that has no orders and no services',
    verb: removeCustomer,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    answer: deleted,
  }),
  route({
    method: 'post',
    path: '/customers/{id}/archive',
    tag,
    summary: 'Takes a customer without running services out of the lists',
    verb: archiveCustomer,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    answer: customer,
  }),
  route({
    method: 'post',
    path: '/customers/{id}/restore',
    tag,
    summary: 'Brings an archived customer back',
    verb: restoreCustomer,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    answer: customer,
  }),
  route({
    method: 'post',
    path: '/customers/{id}/host-client',
    tag,
    summary: 'Says which client of the host a customer is as well; for the provider',
    verb: linkHostClient,
    ifMatch: true,
    body: linkHostClient.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: customer,
  }),
];
