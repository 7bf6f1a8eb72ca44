import type { HostInvoice } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import type { Reseller } from '../reseller/entity.ts';
import { revenueLines } from '../revenue/revenue-lines.ts';
import { beforeApproval } from './before-approval.ts';
import { LedgerEntry } from '../revenue/entity.ts';
import type { Found } from './found.ts';
import type { HostReport } from './read-host.ts';

/** Payments and refunds that the host has and the ledger has not: their events were lost. */
export async function ledgerGaps(
  ctx: ServiceContext,
  byClient: Map<string, Reseller>,
  report: HostReport,
): Promise<Found[]> {
  const withFacts = report.invoices.filter(({ payment, refunds }) => payment || refunds?.length);
  if (withFacts.length === 0) return [];
  const entries = await ctx.em.find(
    LedgerEntry,
    { hostInvoiceId: { $in: withFacts.map(({ id }) => id) } },
    { fields: ['hostInvoiceId', 'kind', 'paymentId'] },
  );
  const booked = new Set(entries.map((entry) => `${entry.hostInvoiceId} ${entry.kind} ${entry.paymentId}`));
  const found: Found[] = [];
  for (const invoice of withFacts) {
    const reseller = byClient.get(invoice.clientId);
    if (!reseller || revenueLines(invoice.lines).length === 0) continue;
    // What a client paid before becoming a reseller is none of our revenue.
    if (invoice.payment && beforeApproval(reseller, invoice.payment.at)) continue;
    if (invoice.payment && !booked.has(`${invoice.id} paid ${invoice.payment.id}`)) {
      found.push(gap(reseller, invoice, 'invoice.paid', invoice.payment.id, netOf(invoice)));
    }
    for (const refund of invoice.refunds ?? []) {
      if (booked.has(`${invoice.id} refunded ${refund.id}`)) continue;
      found.push(
        gap(reseller, invoice, 'invoice.refunded', refund.id, -parseAmount(refund.amount, invoice.money.digits)),
      );
    }
  }
  return found;
}

function netOf(invoice: HostInvoice): bigint {
  return revenueLines(invoice.lines).reduce((sum, { net }) => sum + parseAmount(net, invoice.money.digits), 0n);
}

function gap(reseller: Reseller, invoice: HostInvoice, lost: string, factId: string, actual: bigint): Found {
  const { digits, currency } = invoice.money;
  return {
    resellerId: reseller.id,
    kind: 'event_lost',
    subjectType: 'invoice',
    subjectId: invoice.id,
    currency,
    expected: formatAmount(0n, digits),
    actual: formatAmount(actual, digits),
    amount: formatAmount(actual, digits),
    detail: { lost, factId, number: invoice.number },
  };
}
