import type { HostInvoice, PaymentFact } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { parseAmount } from '../../money.ts';
import { record } from '../activity/record.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';
import { book } from './book.ts';
import { revenueLines } from './revenue-lines.ts';

/** Books a paid invoice as revenue, dated when the host calls it paid. Once, however often and late it is told. */
export async function bookPayment(
  ctx: ServiceContext,
  resellerId: string,
  invoice: HostInvoice,
  payment: PaymentFact,
): Promise<number> {
  const { billingZone } = await ctx.em.findOneOrFail(Programme, 1);
  const occurredAt = new Date(payment.at);
  const booked = await book(ctx, {
    kind: 'paid',
    resellerId,
    hostInvoiceId: invoice.id,
    paymentId: payment.id,
    currency: invoice.money.currency,
    day: billingDay(occurredAt, billingZone),
    occurredAt,
    amounts: revenueLines(invoice.lines).map((line) => ({ line, amount: parseAmount(line.net, invoice.money.digits) })),
  });
  if (booked > 0) {
    record(ctx, {
      action: 'invoice.paid',
      subject: { type: 'invoice', id: invoice.id },
      resellerId,
      after: { payment: payment.id, total: invoice.total, currency: invoice.money.currency, lines: booked },
      event: { invoiceId: invoice.id, number: invoice.number, total: invoice.total, currency: invoice.money.currency },
    });
  }
  return booked;
}
