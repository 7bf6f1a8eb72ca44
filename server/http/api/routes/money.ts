import { z } from 'zod';
import { getBalance } from '../../../modules/invoice/balance.ts';
import { getInvoice } from '../../../modules/invoice/get.ts';
import { listInvoices } from '../../../modules/invoice/list.ts';
import { summariseRevenue } from '../../../modules/revenue/summarise.ts';
import { currentStatement } from '../../../modules/statement/current.ts';
import { getStatement } from '../../../modules/statement/get.ts';
import { listStatements } from '../../../modules/statement/list.ts';
import { pageOf } from '../schemas.ts';
import { asPage, idFilter as id, paged, route, type Route } from '../route.ts';
import {
  balance,
  currentAccount,
  invoice,
  invoiceDetail,
  revenueSummary,
  statement,
  statementDetail,
} from '../money-schemas.ts';

/** What is owed, was paid, and was earned. */
export const moneyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/invoices',
    tag: 'Billing',
    summary: 'Invoices of the provider, newest first',
    verb: listInvoices,
    query: z.strictObject({
      ...paged,
      search: z.string().max(60).optional(),
      status: invoice.shape.status.optional(),
      customerId: id,
      from: z.iso.date().optional(),
      until: z.iso.date().optional(),
      resellerId: id,
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(invoice),
  }),
  route({
    method: 'get',
    path: '/invoices/{id}',
    tag: 'Billing',
    summary: 'One invoice with its lines, and whose customers they are for',
    verb: getInvoice,
    input: ({ id }) => ({ id }),
    answer: invoiceDetail,
  }),
  route({
    method: 'get',
    path: '/balance',
    tag: 'Billing',
    summary: 'What is owed and overdue per currency, and the credit in the host',
    verb: getBalance,
    query: z.strictObject({ resellerId: id }),
    input: ({ query }) => query,
    answer: balance,
  }),
  route({
    method: 'get',
    path: '/statements',
    tag: 'Billing',
    summary: 'Closed months, newest first',
    verb: listStatements,
    query: z.strictObject({ ...paged, currency: z.string().max(10).optional(), resellerId: id }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(statement),
  }),
  route({
    method: 'get',
    path: '/statements/current',
    tag: 'Billing',
    summary: 'The account since its last statement, per currency',
    verb: currentStatement,
    query: z.strictObject({ resellerId: id }),
    input: ({ query }) => query,
    output: ({ month, rows }) => ({ month, accounts: rows }),
    answer: currentAccount,
  }),
  route({
    method: 'get',
    path: '/statements/{id}',
    tag: 'Billing',
    summary: 'One statement with a page of its lines',
    verb: getStatement,
    query: z.strictObject(paged),
    input: ({ id, query }) => ({ ...query, id }),
    output: ({ page, ...row }) => ({ ...row, page: asPage(page) }),
    answer: statementDetail,
  }),
  route({
    method: 'get',
    path: '/revenue/summary',
    tag: 'Billing',
    summary: 'Wholesale paid less refunded over the last days, and over as many before them',
    verb: summariseRevenue,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).optional() }),
    input: ({ query }) => query,
    answer: revenueSummary,
  }),
];
