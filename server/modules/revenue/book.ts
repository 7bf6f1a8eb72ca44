import type { InvoiceLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';

export interface Booking {
  kind: 'paid' | 'refunded';
  resellerId: string;
  hostInvoiceId: string;
  /** Payment or refund id of the host: with line and kind the key that makes a fact count once. */
  paymentId: string;
  currency: string;
  day: string;
  occurredAt: Date;
  /** Minor units, net; negative for refunds. */
  amounts: { line: Pick<InvoiceLine, 'id' | 'kind' | 'serviceId' | 'product' | 'occasion'>; amount: bigint }[];
}

/** Adds what the statement's part `fact` booked to the rollup of its day. */
export const ROLL_UP = `
  insert into revenue_rollup as r (reseller_id, day, currency, amount, lines)
  select reseller_id, day, currency, sum(amount), count(*) from fact group by 1, 2, 3
  on conflict (reseller_id, day, currency) do update set amount = r.amount + excluded.amount, lines = r.lines + excluded.lines`;

/** A booking's lines as its statement reads them. */
export function ledgerLines(amounts: Booking['amounts']) {
  return amounts.map(({ line, amount }) => ({
    id: newId('led'),
    line: line.id,
    kind: line.kind,
    service: line.serviceId,
    product: line.product,
    occasion: line.occasion,
    amount: amount.toString(),
  }));
}

/**
 * Books facts into the ledger and, in the same statement, the day's rollup: a line that was booked before changes
 * neither. Returns how many lines were new.
 */
export async function book({ em, now }: ServiceContext, booking: Booking): Promise<number> {
  if (booking.amounts.length === 0) return 0;
  const [result] = await em.execute<{ booked: number }[]>(
    `with fact as (
       insert into ledger (id, reseller_id, kind, host_invoice_id, host_line_id, payment_id, host_service_id, product,
                           occasion, currency, amount, day, occurred_at, booked_at, line_kind)
       select x.id, ?, ?, ?, x.line, ?, x.service, x.product, x.occasion, ?, x.amount::bigint, ?::date, ?, ?, x.kind
         from jsonb_to_recordset(?::jsonb) as x(id text, line text, kind text, service text, product text, occasion text, amount text)
       on conflict (host_line_id, kind, payment_id) do nothing
       returning reseller_id, day, currency, amount
     ), rollup as (${ROLL_UP}
     )
     select count(*)::int as booked from fact`,
    [
      booking.resellerId,
      booking.kind,
      booking.hostInvoiceId,
      booking.paymentId,
      booking.currency,
      booking.day,
      booking.occurredAt,
      now,
      JSON.stringify(ledgerLines(booking.amounts)),
    ],
  );
  return result?.booked ?? 0;
}
