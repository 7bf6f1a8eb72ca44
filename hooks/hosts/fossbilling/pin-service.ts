import { z } from 'zod';
import { HostError, type CallRequest, type HostService } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { moneyOf, priceMinor } from './host-money.ts';
import { NOTE_KEY, writeNote, type LineNote } from './line-note.ts';
import { isDomainRow, orderRow, type OrderRow } from './order-row.ts';
import { withNote, type NotedRow } from './order-rows.ts';
import { viewOrder } from './order-view.ts';
import { orNotFound } from './pages.ts';
import { viewService } from './service-view.ts';

/**
 * Sets what a service's renewals cost, and keeps the lock with it: in the module's table first, so that no invoice made in
 * between is checked against the old one, then with the price on the row, in one call. A domain's row keeps its price,
 * which is that of its first term; its renewals are set by the module.
 * @throws HostError not_found, conflict (other quantity or currency, or a newer lock), refused (amount)
 */
export async function pinService(
  host: FossbillingHost,
  { serviceId, lock }: CallRequest<'services.pin'>,
): Promise<HostService> {
  const { api, module } = host;
  const noted = withNote(await readRow(host, serviceId));
  const { row } = noted;
  const fits = lock.serviceId === serviceId && lock.currency === row.currency && lock.quantity === row.quantity;
  if (!fits) throw new HostError('conflict', 'This lock is for another service, quantity or currency.');
  priceMinor(lock.unitPrice, moneyOf(row.currency).digits);
  const held = noted.note?.lock ?? null;
  if (held && Date.parse(held.lockedAt) > Date.parse(lock.lockedAt)) {
    throw new HostError('conflict', 'The service has a newer lock.');
  }
  if (module) await module['locks.publish']({ locks: [lock] });
  const update = {
    id: serviceId,
    ...(isDomainRow(row) ? {} : { price: lock.unitPrice }),
    meta: { [NOTE_KEY]: writeNote({ ...noteOf(noted), lock }) },
  };
  await api.call('order/update', update, z.unknown(), { kind: 'write' });
  return viewService(host, withNote(await readRow(host, serviceId)));
}

async function readRow({ api, rows }: FossbillingHost, id: string): Promise<OrderRow> {
  const row = await orNotFound(api.call('order/get', { id }, orderRow), 'service');
  rows.remember([row]);
  return row;
}

/** The note of a row, or a new one for a row that was bought past us. */
function noteOf(noted: NotedRow): LineNote {
  if (noted.note) return noted.note;
  const shown = viewOrder([noted], null).lines[0]!;
  const { product, options, domain, unitPrice, setup, renewal, components } = shown;
  return {
    v: 1,
    place: null,
    stamp: null,
    lock: null,
    order: null,
    product,
    options,
    unitPrice,
    setup,
    renewal,
    components,
    ...(domain ? { domain } : {}),
  };
}
