import type { EntityManager } from '@mikro-orm/postgresql';
import type { InvoiceLine } from '../../../hooks/contract/index.ts';
import type { Invoice } from '../invoice/entity.ts';
import { invoiceStatus } from '../invoice/state.ts';

/** What one invoice charges for a service. */
export interface ServiceInvoice {
  id: string;
  number: string;
  status: ReturnType<typeof invoiceStatus>;
  currency: string;
  /** Its lines for this service alone. */
  amount: string;
  renewal: boolean;
  issuedAt: string | null;
  dueOn: string | null;
}

/** Invoices with a line for the service, the newest first: paid ones by the ledger, open ones by their lines. */
export async function invoicesOf(
  em: EntityManager,
  { resellerId, hostServiceId }: { resellerId: string; hostServiceId: string },
  today: string,
): Promise<ServiceInvoice[]> {
  const found = await em.execute<
    (Omit<ServiceInvoice, 'status' | 'issuedAt'> & { status: Invoice['status']; issuedAt: string | null })[]
  >(
    `select i.host_invoice_id as id, i.number, i.status, i.currency, i.due_on::text as "dueOn", i.issued_at as "issuedAt",
            sum((x ->> 'amount')::numeric)::text as amount, bool_or(x ->> 'occasion' = ?) as renewal
       from invoice i cross join lateral jsonb_array_elements(i.lines) x
      where i.host_invoice_id in (
              select host_invoice_id from ledger where host_service_id = ?
              union select host_invoice_id from invoice where reseller_id = ? and status = 'unpaid')
        and i.reseller_id = ? and x ->> 'serviceId' = ?
      group by i.host_invoice_id order by i.issued_at desc nulls first, i.host_invoice_id desc limit 100`,
    ['renewal' satisfies InvoiceLine['occasion'], hostServiceId, resellerId, resellerId, hostServiceId],
  );
  return found.map(({ status, issuedAt, ...rest }) => ({
    ...rest,
    status: invoiceStatus({ status, dueOn: rest.dueOn }, today),
    issuedAt: issuedAt === null ? null : new Date(issuedAt).toISOString(),
  }));
}
