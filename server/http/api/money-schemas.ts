import { z } from 'zod';
import { amount, day, id, moment, money, named, pageOf } from './schemas.ts';

/** What the API answers about invoices, statements and revenue. */

export const balance = z.object({
  outstanding: z.array(
    z.object({ currency: z.string(), invoices: z.int(), amount, overdue: amount, nextDueOn: day.nullable() }),
  ),
  /** Null with the reason when the host keeps none or cannot be reached. */
  credit: money.nullable(),
  creditMissing: z.enum(['not_supported', 'unreachable']).nullable(),
});
const invoiceStatus = z.enum(['draft', 'unpaid', 'overdue', 'paid', 'part_refunded', 'refunded', 'cancelled']);
export const invoice = z.object({
  id,
  resellerId: id,
  number: z.string().nullable(),
  status: invoiceStatus,
  currency: z.string(),
  total: amount,
  issuedAt: moment.nullable(),
  dueOn: day.nullable(),
  paidAt: moment.nullable(),
  order: z.object({ id, number: z.string() }).nullable(),
  payUrl: z.string().nullable(),
});
export const invoiceDetail = invoice.extend({
  lines: z.array(
    z.object({
      id,
      kind: z.string(),
      title: z.string(),
      product: z.string().nullable(),
      quantity: z.int(),
      unitPrice: amount,
      amount,
      net: amount,
      service: z.object({ id, title: z.string(), domain: z.string().nullable() }).nullable(),
      customer: named.nullable(),
    }),
  ),
});

export const statement = z.object({
  id,
  resellerId: id,
  currency: z.string(),
  month: day,
  opening: amount,
  orders: amount,
  payments: amount,
  credits: amount,
  closing: amount,
  lines: z.int(),
  closedAt: moment,
});
const statementLine = z.object({
  day,
  kind: z.string(),
  invoiceId: id,
  number: z.string(),
  amount,
});
export const statementDetail = statement.extend({ company: z.string(), page: pageOf(statementLine) });
export const currentAccount = z.object({
  month: day,
  accounts: z.array(
    z.object({ currency: z.string(), opening: amount, balance: amount, overdue: amount, lineCount: z.int() }),
  ),
});

export const revenueSummary = z.object({
  from: day,
  until: day,
  zone: z.string(),
  totals: z.array(money),
  previous: z.array(money),
  byDay: z.array(money.extend({ day })),
});
