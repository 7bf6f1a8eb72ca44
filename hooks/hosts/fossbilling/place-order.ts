import { z } from 'zod';
import { HostError, type HostOrder } from '../../contract/index.ts';
import { readClient } from './clients.ts';
import { createRow } from './create-row.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf } from './host-money.ts';
import { completeLines, rowsOfReference, type NotedRow } from './order-rows.ts';
import { lacksRenewals, orderIdOf, viewOrder } from './order-view.ts';
import { planRows, type PlannedRow, type PlaceRequest } from './plan-rows.ts';

/**
 * Places an order: one row for each line at our price, then the option that makes the host invoice its renewals. Nothing
 * of this is idempotent in the host, so each step looks first at what is there: called again after any failure, it
 * finishes what is missing and makes nothing twice.
 * @throws HostError refused (currency, amounts, product, stock …), conflict, and as every call
 */
export async function placeOrder(host: FossbillingHost, request: PlaceRequest): Promise<HostOrder> {
  const { currency } = request.money;
  // The host copies its client into the registry's contact, and takes no other before the domain is registered.
  if (request.registrant) throw new HostError('refused', 'This host registers domains for its own client alone.');
  const client = await readClient(host, request.clientId);
  if (client.status !== 'active') throw new HostError('conflict', 'This client account is not active.');
  if (client.currency !== currency) {
    throw new HostError('refused', `This client account is billed in ${client.currency}.`);
  }
  const planned = planRows(request.lines, moneyOf(currency).digits, await host.readShop());
  const existing = await rowsOfReference(host, request.reference);
  checkFits(existing, request, planned);
  for (const noted of existing) if (lacksRenewals(noted)) await switchRenewalsOn(host, noted.row.id);
  await createMissing(host, request, planned, existing);
  const rows = await rowsOfReference(host, request.reference);
  await removeDoubles(host, rows);
  const lines = completeLines(rows);
  if (lines === null) throw new HostError('unavailable', 'The host lost a part of the order.');
  host.rows.remember(lines.map(({ row }) => row));
  return viewOrder(lines, null);
}

/** Rows of an earlier try must be of the same order. */
function checkFits(rows: readonly NotedRow[], { clientId }: PlaceRequest, planned: readonly PlannedRow[]): void {
  const fits = rows.every(({ row, note }) => {
    const item = planned.find(({ line }) => line === note?.place?.line)?.item;
    const sameOrder = row.client_id === clientId && note?.place?.lines === planned.length;
    return sameOrder && note.product === item?.product && note.unitPrice === item.unitPrice;
  });
  if (!fits) throw new HostError('conflict', 'Another order has this reference.');
}

/** Makes the rows that are not there. Add-ons come last, because they join the group of a row that must exist. */
async function createMissing(
  host: FossbillingHost,
  request: PlaceRequest,
  planned: readonly PlannedRow[],
  existing: readonly NotedRow[],
): Promise<void> {
  const made = new Set(existing.map(({ note }) => note?.place?.line));
  const missing = planned.filter(({ line }) => !made.has(line));
  let [first = null]: (string | null)[] = existing.map(orderIdOf);
  const create = async (row: PlannedRow, groupId: string | null) => {
    const addons = planned.filter(({ master }) => master === row.line).length;
    const id = await createRow(host, request, row, { first, groupId, addons });
    first ??= id;
    if (row.item.renewal !== null && row.item.term !== 'once') await switchRenewalsOn(host, id);
  };
  for (const row of missing) if (row.master === null) await create(row, null);
  const addons = missing.filter(({ master }) => master !== null);
  if (addons.length === 0) return;
  const groups = await rowsOfReference(host, request.reference);
  for (const row of addons) {
    const group = groups.find(({ note }) => note?.place?.line === row.master)?.row.group_id ?? null;
    if (group === null) throw new HostError('unavailable', 'The host lost a part of the order.');
    await create(row, group);
  }
}

/** Rows are made without it: with it, the host would invoice the first term as a renewal. */
async function switchRenewalsOn({ api }: FossbillingHost, id: string): Promise<void> {
  await api.call('order/update', { id, invoice_option: 'issue-invoice' }, z.unknown(), { kind: 'write' });
}

/** A request that was given up may have been carried out after it was repeated. What it made second is not used. */
async function removeDoubles({ api }: FossbillingHost, rows: readonly NotedRow[]): Promise<void> {
  const seen = new Set<number>();
  for (const { row, note } of rows) {
    const line = note?.place?.line;
    if (line === undefined) continue;
    if (seen.has(line) && row.status === 'pending_setup') {
      await api.call('order/delete', { id: row.id }, z.unknown(), { kind: 'write' });
    }
    seen.add(line);
  }
}
