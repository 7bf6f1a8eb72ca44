import { z } from 'zod';
import { amount, day, hostId, moment, moneyContext } from './primitives.ts';

/** What a line charges for. Only `product`, `setup` and `domain` lines are revenue (pricing rule 27). */
export const invoiceLineKind = z.enum(['product', 'setup', 'domain', 'discount', 'credit', 'fee', 'top_up', 'other']);

/** One line of a host's invoice. amount = unitPrice × quantity; `net` is the amount without tax. */
export const invoiceLine = z.object({
  id: hostId,
  kind: invoiceLineKind,
  title: z.string().max(300),
  orderId: hostId.nullable(),
  serviceId: hostId.nullable(),
  product: hostId.nullable(),
  /** New charge or renewal of a running service. */
  occasion: z.enum(['new', 'renewal', 'other']),
  quantity: z.int().min(1),
  unitPrice: amount,
  amount,
  net: amount,
  /** Part of a term that is charged, as a fraction, when the host prorates (pricing rule 25). */
  prorated: z.object({ numerator: z.int().min(0), denominator: z.int().min(1) }).nullable(),
});
export type InvoiceLine = z.infer<typeof invoiceLine>;

/** The payment that made the invoice paid. */
export const paymentFact = z.object({ id: hostId, at: moment, method: z.string().max(60) });
export type PaymentFact = z.infer<typeof paymentFact>;

/** Money given back on a paid invoice; a chargeback is one too. */
export const refundFact = z.object({
  id: hostId,
  at: moment,
  /** In the invoice's currency and tax mode. */
  amount,
  /** Amounts by line (net) where the host knows them; null means pro rata over the revenue lines (pricing rule 28). */
  lines: z.array(z.object({ lineId: hostId, net: amount })).nullable(),
});
export type RefundFact = z.infer<typeof refundFact>;

/** An invoice as the host holds it. */
export const hostInvoice = z.object({
  id: hostId,
  number: z.string().max(60),
  clientId: hostId,
  orderId: hostId.nullable(),
  status: z.enum(['draft', 'unpaid', 'paid', 'part_refunded', 'refunded', 'cancelled']),
  money: moneyContext,
  total: amount,
  issuedAt: moment.nullable(),
  dueOn: day.nullable(),
  paidAt: moment.nullable(),
  /** The facts booked from this invoice, so that reconcile can find one whose event was lost. */
  payment: paymentFact.nullable().optional(),
  refunds: z.array(refundFact).max(200).optional(),
  lines: z.array(invoiceLine).max(2000),
});
export type HostInvoice = z.infer<typeof hostInvoice>;
