import type { HostInvoice, RefundFact } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { Programme } from '../programme/entity.ts';
import { billingDay } from './billing-day.ts';
import { book } from './book.ts';
import { spreadRefund } from './spread-refund.ts';

/** Books money given back, dated when refunded: by the host's lines, else pro rata (pricing.md rule 28). Once. */
export async function bookRefund(
  ctx: ServiceContext,
  resellerId: string,
  invoice: HostInvoice,
  refund: RefundFact,
): Promise<number> {
  const { em } = ctx;
  const { billingZone } = await em.findOneOrFail(Programme, 1);
  const occurredAt = new Date(refund.at);
  const earlier = await em.execute<{ host_line_id: string; total: string }[]>(
    `select host_line_id, sum(amount)::text as total from ledger
      where host_invoice_id = ? and kind = 'refunded' and payment_id <> ? group by host_line_id`,
    [invoice.id, refund.id],
  );
  const refunded = new Map(earlier.map((row) => [row.host_line_id, -BigInt(row.total)]));
  // On the account as a credit note and the money that went back for it: the balance stays, both can be seen.
  await em.execute(
    `insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day)
     select ?, ?, x.kind, ?, ?, ?, x.sign * ?::numeric, ?, ?::date from (values ('credit', -1), ('payout', 1)) as x(kind, sign)
     on conflict (host_invoice_id, kind, reference) do nothing`,
    [
      resellerId,
      invoice.money.currency,
      invoice.id,
      refund.id,
      invoice.number,
      refund.amount,
      occurredAt,
      billingDay(occurredAt, billingZone),
    ],
  );
  const booked = await book(ctx, {
    kind: 'refunded',
    resellerId,
    hostInvoiceId: invoice.id,
    paymentId: refund.id,
    currency: invoice.money.currency,
    day: billingDay(occurredAt, billingZone),
    occurredAt,
    amounts: spreadRefund(invoice, refund, refunded).map(({ line, amount }) => ({ line, amount: -amount })),
  });
  if (booked > 0) {
    record(ctx, {
      action: 'invoice.refunded',
      subject: { type: 'invoice', id: invoice.id },
      resellerId,
      after: { refund: refund.id, amount: refund.amount, currency: invoice.money.currency, lines: booked },
      event: { invoiceId: invoice.id, refundId: refund.id, amount: refund.amount, currency: invoice.money.currency },
    });
  }
  return booked;
}
