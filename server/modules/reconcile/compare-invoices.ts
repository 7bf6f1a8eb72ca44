import type { HostInvoice, InvoiceLine } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { Order } from '../order/entity.ts';
import { Programme } from '../programme/entity.ts';
import type { Reseller } from '../reseller/entity.ts';
import { expectedLines, type Expectation } from './expected-lines.ts';
import type { Found } from './found.ts';
import { ledgerGaps } from './ledger-gaps.ts';
import type { HostReport } from './read-host.ts';

/** What invoices charge, against orders and locks; coupons; cancelled invoices of waiting orders; facts that are not booked. */
export async function compareInvoices(
  ctx: ServiceContext,
  resellers: Reseller[],
  report: HostReport,
): Promise<Found[]> {
  const byClient = new Map(resellers.map((reseller) => [reseller.hostClientId, reseller]));
  const { coupons } = await ctx.em.findOneOrFail(Programme, 1);
  const orders = await ctx.em.find(Order, {
    resellerId: { $in: resellers.map(({ id }) => id) },
    hostInvoiceId: { $ne: null },
  });
  const orderOf = new Map(orders.map((order) => [order.hostInvoiceId ?? '', order]));
  const expectation = await expectedLines(ctx, resellers, report);
  const found: Found[] = [];
  for (const invoice of report.invoices) {
    const reseller = byClient.get(invoice.clientId);
    if (!reseller) continue;
    if (invoice.status === 'cancelled') {
      const order = orderOf.get(invoice.id);
      if (order?.status === 'pending') found.push(cancelled(reseller, invoice, order));
      continue;
    }
    for (const line of invoice.lines) {
      const difference =
        line.kind === 'discount' && coupons === 'refuse'
          ? discounted(reseller, invoice, line)
          : changed(reseller, invoice, line, expectation(invoice, line));
      if (difference) found.push(difference);
    }
  }
  return [...found, ...(await ledgerGaps(ctx, byClient, report))];
}

function cancelled(reseller: Reseller, invoice: HostInvoice, order: Order): Found {
  return {
    resellerId: reseller.id,
    kind: 'invoice_cancelled',
    subjectType: 'invoice',
    subjectId: invoice.id,
    currency: invoice.money.currency,
    expected: invoice.total,
    actual: formatAmount(0n, invoice.money.digits),
    amount: formatAmount(-parseAmount(invoice.total, invoice.money.digits), invoice.money.digits),
    detail: { number: invoice.number, orderId: order.id },
  };
}

function discounted(reseller: Reseller, invoice: HostInvoice, line: InvoiceLine): Found | null {
  const { digits, currency } = invoice.money;
  const actual = parseAmount(line.amount, digits);
  if (actual === 0n) return null;
  return {
    resellerId: reseller.id,
    kind: 'discount_on_invoice',
    subjectType: 'invoice_line',
    subjectId: line.id,
    currency,
    expected: formatAmount(0n, digits),
    actual: formatAmount(actual, digits),
    amount: formatAmount(actual, digits),
    detail: {
      invoiceId: invoice.id,
      number: invoice.number,
      title: line.title,
      paid: invoice.status !== 'unpaid' && invoice.status !== 'draft',
    },
  };
}

function changed(
  reseller: Reseller,
  invoice: HostInvoice,
  line: InvoiceLine,
  wanted: Expectation | null,
): Found | null {
  if (!wanted) return null;
  const { digits, currency } = invoice.money;
  const actual = parseAmount(line.amount, digits);
  const difference = actual - wanted.amount;
  if (difference === 0n || (line.prorated && difference >= -1n && difference <= 1n)) return null;
  const quantityMoved = line.quantity !== wanted.quantity;
  return {
    resellerId: reseller.id,
    kind: quantityMoved ? 'quantity_changed' : 'invoice_line_changed',
    subjectType: 'invoice_line',
    subjectId: line.id,
    currency,
    expected: quantityMoved ? String(wanted.quantity) : formatAmount(wanted.amount, digits),
    actual: quantityMoved ? String(line.quantity) : formatAmount(actual, digits),
    amount: formatAmount(difference, digits),
    detail: {
      invoiceId: invoice.id,
      number: invoice.number,
      title: line.title,
      quantity: wanted.quantity,
      unitPrice: formatAmount(wanted.unitPrice, digits),
      paid: invoice.status !== 'unpaid' && invoice.status !== 'draft',
    },
  };
}
