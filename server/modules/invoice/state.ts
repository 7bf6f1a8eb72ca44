import type { Invoice } from './entity.ts';

/** An invoice's state as screens show it: unpaid after its due day is overdue. `today` is a day in the billing zone. */
export function invoiceStatus({ status, dueOn }: Pick<Invoice, 'status' | 'dueOn'>, today: string) {
  return status === 'unpaid' && dueOn && dueOn < today ? ('overdue' as const) : status;
}

/** The page of the host where an unpaid invoice is paid, relative to it; null when there is nothing to pay. */
export function payLink(
  { status, hostInvoiceId }: Pick<Invoice, 'status' | 'hostInvoiceId'>,
  link: (kind: 'invoice', id: string) => string | null,
): string | null {
  return status === 'unpaid' ? link('invoice', hostInvoiceId) : null;
}
