import type { EventOf, HostInvoice, InvoiceLine } from '../../hooks/contract/index.ts';
import { mirrorInvoice } from '../../server/modules/invoice/mirror.ts';
import { bookPaidInvoice } from '../../server/modules/revenue/book-paid-invoice.ts';
import { bookRefund } from '../../server/modules/revenue/book-refund.ts';
import type { Installation } from './installation.ts';

type Money = { currency: string; digits: number };
export interface InvoiceOfTest {
  id: string;
  clientId: string;
  net: string;
  currency?: string;
  issuedAt: string;
  dueOn?: string | null;
  lines?: Partial<InvoiceLine>[];
}

/** An unpaid invoice of one line, or the given ones, as a host would report it. */
export function hostInvoice({
  id,
  clientId,
  net,
  currency = 'USD',
  issuedAt,
  dueOn = null,
  lines,
}: InvoiceOfTest): HostInvoice {
  const line = (at: number, given: Partial<InvoiceLine>): InvoiceLine => ({
    id: `${id}-${at}`,
    kind: 'product',
    title: 'VPS S',
    orderId: null,
    serviceId: null,
    product: 'vps-s',
    occasion: 'new',
    quantity: 1,
    unitPrice: given.net ?? net,
    amount: given.net ?? net,
    net,
    prorated: null,
    ...given,
  });
  return {
    id,
    number: `INV-${id}`,
    clientId,
    orderId: null,
    status: 'unpaid',
    money: { currency, digits: 2, tax: 'net' } as HostInvoice['money'] & Money,
    total: net,
    issuedAt,
    dueOn,
    paidAt: null,
    lines: (lines ?? [{}]).map((given, at) => line(at, given)),
  };
}

const versions = new Map<string, number>();
const next = (id: string): number => {
  const version = (versions.get(id) ?? 0) + 1;
  versions.set(id, version);
  return version;
};

/** Tells the service of an invoice in this state. */
export async function tell(it: Installation, invoice: HostInvoice): Promise<void> {
  await it.service.orm.em.fork().transactional(async (em) => {
    await mirrorInvoice({ ...it.system(), em }, invoice, next(invoice.id));
  });
}

/** Tells that it was paid; the same payment twice is one fact. */
export async function pay(
  it: Installation,
  invoice: HostInvoice,
  at: string,
  paymentId = `pay-${invoice.id}`,
): Promise<void> {
  const event = {
    aggregate: { type: 'invoice', id: invoice.id, version: next(invoice.id) },
    data: { invoice: { ...invoice, status: 'paid', paidAt: at }, payment: { id: paymentId, at, method: 'card' } },
  } as unknown as EventOf<'invoice.paid'>;
  await it.service.orm.em.fork().transactional(async (em) => {
    await bookPaidInvoice({ ...it.system(), em }, event);
  });
}

/** Tells that money was given back. */
export async function refund(
  it: Installation,
  resellerId: string,
  invoice: HostInvoice,
  amount: string,
  at: string,
  status: 'part_refunded' | 'refunded' = 'part_refunded',
): Promise<void> {
  await it.service.orm.em.fork().transactional(async (em) => {
    const ctx = { ...it.system(), em };
    await mirrorInvoice(ctx, { ...invoice, status, paidAt: at }, next(invoice.id));
    await bookRefund(
      ctx,
      resellerId,
      { ...invoice, status },
      { id: `ref-${invoice.id}-${at}`, at, amount, lines: null },
    );
  });
}
