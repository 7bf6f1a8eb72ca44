import type { CallRequest, CallResponse, HostOrder } from '../../contract/index.ts';
import { readClientPage } from './client-pages.ts';
import type { FossbillingHost } from './host.ts';
import { referenceOf } from './line-note.ts';
import { orderRow } from './order-row.ts';
import { completeLines, readAddons, rowsOfReference, withNote, type NotedRow } from './order-rows.ts';
import { viewOrder } from './order-view.ts';
import { rowsPerPage } from './row-groups.ts';
import { ratesOf } from './shop.ts';

/**
 * orders.list over the API: each order once, when its first row comes by. The host has no filter by change, so `since`
 * saves no calls. Orders of ours that are not complete are left out: they are still being placed.
 */
export async function listOrders(
  host: FossbillingHost,
  request: CallRequest<'orders.list'>,
): Promise<CallResponse<'orders.list'>> {
  const list = { method: 'order/get_list', entry: orderRow };
  const limit = await rowsPerPage(host, request.limit);
  const { entries, cursor } = await readClientPage(host.api, list, { ...request, limit });
  const rows = entries.map(withNote);
  const orders: HostOrder[] = [];
  for (const noted of rows.filter(isFirst)) {
    const lines = await linesOf(host, noted, rows);
    if (lines === null || !changedSince(lines, request.since)) continue;
    host.rows.remember(lines.map(({ row }) => row));
    orders.push(viewOrder(lines, null, ratesOf(await host.readShop())));
  }
  return { orders, cursor };
}

function isFirst({ row, note }: NotedRow): boolean {
  return note?.place ? note.place.first === null : row.group_master;
}

/** All rows of an order: from the page itself where it can hold them all, else asked for. */
async function linesOf(host: FossbillingHost, first: NotedRow, page: readonly NotedRow[]): Promise<NotedRow[] | null> {
  const { row, note } = first;
  const reference = referenceOf(row);
  if (note?.place && reference !== null) {
    const here = page.filter((noted) => referenceOf(noted.row) === reference);
    const whole = completeLines(here) ?? completeLines([...here, ...(await addonsOf(host, here))]);
    return whole ?? completeLines(await rowsOfReference(host, reference, { purpose: 'list' }));
  }
  if (row.group_id === null) return [first];
  if (await host.addonsShown(host)) {
    const group = page.filter((noted) => noted.row.group_id === row.group_id && noted.row.client_id === row.client_id);
    return group.toSorted((left, right) => Number(left.row.id) - Number(right.row.id));
  }
  return [first, ...(await readAddons(host, row.id, { purpose: 'list' })).map(withNote)];
}

/** The add-ons that our notes say hang on some rows. */
async function addonsOf(host: FossbillingHost, rows: readonly NotedRow[]): Promise<NotedRow[]> {
  const found: NotedRow[] = [];
  for (const { row, note } of rows) {
    if ((note?.place?.addons ?? 0) === 0) continue;
    found.push(...(await readAddons(host, row.id, { purpose: 'list' })).map(withNote));
  }
  return found;
}

function changedSince(lines: readonly NotedRow[], since: string | undefined): boolean {
  if (since === undefined) return true;
  const from = Date.parse(since);
  return lines.some(({ row }) => Date.parse(row.updated_at ?? row.created_at ?? since) >= from);
}
