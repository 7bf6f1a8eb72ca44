import type { HostService } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf, toAmount } from './host-money.ts';
import { domainRenewal } from './domain-renewal.ts';
import { domainOfRow, isDomainRow, productOfRow, termOfRow } from './order-row.ts';
import type { NotedRow } from './order-rows.ts';
import { lockOf } from './order-view.ts';
import { serviceStatus } from './row-status.ts';

/** A row as a service: what runs, and what the host will invoice for its next term. */
export async function viewService(host: FossbillingHost, noted: NotedRow): Promise<HostService> {
  const { row, note } = noted;
  const facts = await host.rows.facts(row.client_id, [row.id]);
  return {
    id: row.id,
    orderId: facts.get(row.id)?.orderId ?? row.id,
    clientId: row.client_id,
    product: note?.product ?? productOfRow(row),
    title: (row.title ?? row.id).slice(0, 300),
    domain: domainOfRow(row)?.slice(0, 253) ?? null,
    status: serviceStatus(row),
    term: termOfRow(row),
    money: moneyOf(row.currency),
    quantity: row.quantity,
    options: note?.options ?? {},
    recurring: await recurringOf(host, noted),
    nextDueOn: row.expires_at?.slice(0, 10) ?? null,
    createdAt: row.created_at ?? '1970-01-01T00:00:00Z',
    lock: lockOf(noted),
  };
}

/** Null where the host invoices no renewal: nothing recurs, or the order's option says so. */
async function recurringOf(host: FossbillingHost, noted: NotedRow): Promise<string | null> {
  const { row } = noted;
  if (row.period === null || row.invoice_option !== 'issue-invoice') return null;
  const { digits } = moneyOf(row.currency);
  if (!isDomainRow(row)) return toAmount(row.price, digits);
  // Our module rewrites domain renewals to their lock, which it alone knows when the domain was bought in the shop.
  if (host.module !== null) return lockOf(noted)?.unitPrice ?? null;
  return domainRenewal(await host.readShop(), row);
}
