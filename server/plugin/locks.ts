import { locksOf } from '../../hooks/bridge/locks.ts';
import type { HostOrder, HostService, PriceLock } from '../../hooks/contract/index.ts';
import type { NodeBridge } from './bridge.ts';

/**
 * Writes the price locks of an order that was committed at wholesale, one per service that renews, and answers all locks
 * of the order. A service that has a lock keeps it: the same order may be reported twice, and repinned between.
 * @throws RangeError when a line has no service
 */
export function lockOrder({ store, remember, now }: NodeBridge, order: HostOrder): PriceLock[] {
  const { clientId, stamp, lines, money, locks } = order;
  if (stamp === null) return locks;
  for (const { id: _id, title: _title, serviceId, ...line } of lines) remember(serviceId, line);
  const serviceIds = lines.map(({ serviceId }) => serviceId);
  const made = locksOf(
    { lines, stamp },
    { clientId, currency: money.currency, serviceIds, nowMs: now(), status: 'pending' },
  );
  for (const lock of [...locks, ...made]) if (store.readLock(lock.serviceId) === null) store.writeLock(lock);
  if (order.status === 'cancelled') for (const id of serviceIds) endLock(store, id);
  return serviceIds.flatMap((id) => store.readLock(id) ?? []);
}

/** The service with the lock that holds for it; the lock begins, and ends, with the service. */
export function lockService({ store }: NodeBridge, service: HostService): HostService {
  const lock = service.lock ?? store.readLock(service.id);
  if (lock === null) return service;
  const moved: PriceLock = { ...lock, status: lockStatus(service.status, lock.status) };
  store.writeLock(moved);
  return { ...service, lock: store.readLock(service.id) };
}

function lockStatus(service: HostService['status'], lock: PriceLock['status']): PriceLock['status'] {
  if (service === 'cancelled') return 'ended';
  return lock === 'pending' && (service === 'active' || service === 'suspended') ? 'active' : lock;
}

function endLock(store: NodeBridge['store'], serviceId: string): void {
  const lock = store.readLock(serviceId);
  if (lock !== null) store.writeLock({ ...lock, status: 'ended' });
}
