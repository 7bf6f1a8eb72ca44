import { locksOf } from '../../bridge/locks.ts';
import type { EventType, HostService, OrderItem, PricedLine, PriceLock } from '../../contract/index.ts';
import { readProduct } from './catalogue.ts';
import { addTerm } from '../../prices/term.ts';
import { create, emit, find, load, momentNow, refuse, save, today, type Document, type Host } from './kit.ts';

type State = HostService['status'];
type Move = { from: State[]; to: State; event: Extract<EventType, `service.${string}`>; lock?: PriceLock['status'] };
const alive: State[] = ['pending', 'setup_failed', 'active', 'suspended'];
/** What staff, and the daily run, do with a service. */
export const moves: Record<'provision' | 'suspend' | 'unsuspend' | 'terminate', Move> = {
  provision: { from: ['pending', 'setup_failed'], to: 'active', event: 'service.provisioned', lock: 'active' },
  suspend: { from: ['active'], to: 'suspended', event: 'service.suspended' },
  unsuspend: { from: ['suspended'], to: 'active', event: 'service.unsuspended' },
  terminate: { from: alive, to: 'cancelled', event: 'service.terminated', lock: 'ended' },
};
export type ServiceAction = keyof typeof moves;

/** Writes the service of an order line, pending, with its lock when a price list priced it. */
export function writeService(host: Host, { id: orderId, clientId, money, stamp }: Document<'order'>, line: PricedLine) {
  const { product, term, quantity, options, renewal, domain = null } = line;
  const { title } = readProduct(host, product).display;
  const about = { orderId, clientId, product, term, quantity, options, domain, money, line, recurring: renewal };
  const fresh = { nextDueOn: null, overdue: false, invoicedFor: null, createdAt: momentNow(host) };
  const named = { title: domain ? `${title} (${domain})` : title, status: 'pending' } as const;
  const service = create(host, 'service', { ...about, ...fresh, ...named });
  const ids = {
    clientId,
    currency: money.currency,
    serviceIds: [service.id],
    nowMs: host.now(),
    status: 'pending' as const,
  };
  for (const lock of stamp ? locksOf({ lines: [line], stamp }, ids) : []) host.store.writeLock(lock);
  return service;
}

/** What a service was bought as, for the guard: with the bridge's prices, or bare when the host priced it at retail. */
export function describeService(host: Host, id: string): PricedLine | OrderItem | null {
  const [service] = find(host, 'service', 'id = ?', id);
  const [order] = find(host, 'order', 'id = ?', service?.orderId ?? '');
  return service ? (order?.stamp ? service.line : itemOf(service.line)) : null;
}

/** A line without its prices. */
export function itemOf({ product, term, quantity, options, action, domain }: PricedLine): OrderItem {
  return { product, term, quantity, options, ...(action && { action }), ...(domain && { domain }) };
}

function setLockStatus(host: Host, id: string, status: PriceLock['status']): void {
  const lock = host.store.readLock(id);
  if (lock) host.store.writeLock({ ...lock, status });
}

/** The service of an order that was never paid ends without ever having run. */
export function endService(host: Host, id: string): void {
  save(host, { ...load(host, 'service', id), status: 'cancelled' });
  setLockStatus(host, id, 'ended');
}

/** Moves a service to another state, its lock with it, and tells the plugin. */
export function moveService(host: Host, id: string, action: ServiceAction, overdue = false): void {
  const { from, to, event, lock } = moves[action];
  const service = load(host, 'service', id);
  if (service.status === to) return;
  if (!from.includes(service.status))
    refuse('conflict', `"${action}" does not fit a service that is ${service.status}.`);
  const nextDueOn = action === 'provision' ? addTerm(today(host), service.term) : service.nextDueOn;
  save(host, { ...service, status: to, overdue, nextDueOn });
  if (lock) setLockStatus(host, id, lock);
  emit(host, event, id);
}

/** Sets a paid service up. A product that is made to fail stays in setup_failed until staff try again. */
export function provision(host: Host, id: string): void {
  const service = load(host, 'service', id);
  if (service.status !== 'pending') return;
  if (!readProduct(host, service.product).failsSetup) return moveService(host, id, 'provision');
  save(host, { ...service, status: 'setup_failed' });
  emit(host, 'service.failed', id);
}

/** A renewal was paid: the next term begins where the last one ends; a service suspended for it runs again. */
export function renew(host: Host, id: string, periodFrom: string | null): void {
  const service = load(host, 'service', id);
  if (service.status === 'cancelled' || periodFrom === null || service.nextDueOn !== periodFrom) return;
  save(host, { ...service, nextDueOn: addTerm(periodFrom, service.term) });
  emit(host, 'service.renewed', id);
  if (service.overdue) moveService(host, id, 'unsuspend');
}
