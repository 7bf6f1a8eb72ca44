import type { HostClient, HostInvoice, HostService } from '../../../hooks/contract/index.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { billingDay } from '../revenue/billing-day.ts';

/** What the host knew of a client at a moment. */
export interface ClientFacts {
  readAt: string;
  clientStatus: HostClient['status'];
  clientSince: string;
  country: string | null;
  runningServices: number;
  openInvoices: number;
  overdueInvoices: number;
  /** Paid less refunded, as the host's invoices say (with tax where they have it), by currency. */
  paid: { currency: string; amount: string }[];
}

/** Sums up what the host holds of one client. Due days are compared in the provider's billing zone. */
export function clientFacts(
  account: { client: HostClient; services: HostService[]; invoices: HostInvoice[] },
  now: Date,
  zone: string,
): ClientFacts {
  const { client, services, invoices } = account;
  const unpaid = invoices.filter(({ status }) => status === 'unpaid');
  const today = billingDay(now, zone);
  return {
    readAt: now.toISOString(),
    clientStatus: client.status,
    clientSince: client.createdAt,
    country: client.country,
    runningServices: services.filter(({ status }) => status === 'active' || status === 'suspended').length,
    openInvoices: unpaid.length,
    overdueInvoices: unpaid.filter(({ dueOn }) => dueOn !== null && dueOn < today).length,
    paid: paidTotals(invoices),
  };
}

function paidTotals(invoices: HostInvoice[]): ClientFacts['paid'] {
  const sums = new Map<string, { digits: number; amount: bigint }>();
  for (const { status, money, total, refunds } of invoices) {
    if (status !== 'paid' && status !== 'part_refunded') continue;
    const refunded = (refunds ?? []).reduce((sum, { amount }) => sum + parseAmount(amount, money.digits), 0n);
    const held = sums.get(money.currency)?.amount ?? 0n;
    sums.set(money.currency, { digits: money.digits, amount: held + parseAmount(total, money.digits) - refunded });
  }
  return [...sums]
    .map(([currency, { digits, amount }]) => ({ currency, amount: formatAmount(amount, digits) }))
    .toSorted((one, other) => one.currency.localeCompare(other.currency));
}
