import { locksOf } from '../../bridge/locks.ts';
import type { EventType, HostOrder, HostService, OrderItem, PricedLine, PriceLock } from '../../contract/index.ts';
import { addTerm } from './calendar.ts';
import { readProduct } from './catalogue.ts';
import { emit } from './emit.ts';
import { momentNow, today, type Host } from './host.ts';
import { digitsOf, moneyOf, toMinor, toText } from './money.ts';
import { notFound, Refusal } from './refusal.ts';

type ServiceRow = Omit<HostService, 'domain' | 'money' | 'options' | 'recurring' | 'lock'> & {
  currency: string;
  recurring: number | null;
  line: string;
  overdue: number;
};

/** What staff, and the daily run, do with a service. */
export type ServiceAction = 'provision' | 'suspend' | 'unsuspend' | 'terminate';
type State = HostService['status'];
type Move = { from: State[]; to: State; event: Extract<EventType, `service.${string}`> };
const moves: Record<ServiceAction, Move> = {
  provision: { from: ['pending', 'setup_failed'], to: 'active', event: 'service.provisioned' },
  suspend: { from: ['active'], to: 'suspended', event: 'service.suspended' },
  unsuspend: { from: ['suspended'], to: 'active', event: 'service.unsuspended' },
  terminate: { from: ['pending', 'setup_failed', 'active', 'suspended'], to: 'cancelled', event: 'service.terminated' },
};

type Purchase = Pick<HostOrder, 'clientId' | 'stamp'> & { orderId: string; currency: string };

/** Writes the service of an order line, pending, with its lock when a price list priced it. */
export function writeService(host: Host, { orderId, clientId, currency, stamp }: Purchase, line: PricedLine): void {
  const { product, term, quantity, domain } = line;
  const { title } = readProduct(host, product).display;
  const recurring = line.renewal === null ? null : toMinor(line.renewal, digitsOf(host, currency));
  const bought = {
    line: JSON.stringify(line),
    title: domain ? `${title} (${domain})` : title,
    createdAt: momentNow(host),
  };
  const id = host.db.insert('services', { orderId, clientId, product, term, currency, quantity, recurring, ...bought });
  if (stamp === null) return;
  const about = { clientId, currency, serviceIds: [id], nowMs: host.now(), status: 'pending' } as const;
  for (const lock of locksOf({ lines: [line], stamp }, about)) host.store.writeLock(lock);
}

function serviceRow(host: Host, id: string): ServiceRow {
  const row = host.db.get<ServiceRow>('SELECT * FROM services WHERE id = ?', id);
  if (!row) throw notFound('service');
  return row;
}

/** The service as the contract writes it. */
export function readService(host: Host, serviceId: string): HostService {
  const row = serviceRow(host, serviceId);
  const { id, orderId, clientId, product, title, status, term, quantity, nextDueOn, createdAt, currency } = row;
  const money = moneyOf(host, currency);
  const line = JSON.parse(row.line) as PricedLine;
  return {
    ...{ id, orderId, clientId, product, title, status, term, money, quantity, nextDueOn, createdAt },
    domain: line.domain ?? null,
    options: line.options,
    recurring: row.recurring === null ? null : toText(row.recurring, money.digits),
    lock: host.store.readLock(id),
  };
}

/** What a service was bought as: with the prices the bridge gave it, or bare when the host priced it at retail. */
export function describeService(host: Host, id: string): PricedLine | OrderItem | null {
  const sql = 'SELECT line, o.stamp FROM services s JOIN orders o ON o.id = s.orderId WHERE s.id = ?';
  const row = host.db.get<{ line: string; stamp: string | null }>(sql, id);
  if (!row) return null;
  const line = JSON.parse(row.line) as PricedLine;
  return row.stamp === null ? itemOf(line) : line;
}

/** A line without its prices. */
export function itemOf({ product, term, quantity, options, action, domain }: PricedLine): OrderItem {
  return { product, term, quantity, options, ...(action ? { action } : {}), ...(domain ? { domain } : {}) };
}

/** The lines of an order as they were bought, each with its service. */
export function readLines(host: Host, orderId: string): HostOrder['lines'] {
  const rows = host.db.all<ServiceRow>('SELECT * FROM services WHERE orderId = ? ORDER BY id', orderId);
  return rows.map(({ id, title, line }) => ({ ...(JSON.parse(line) as PricedLine), id, serviceId: id, title }));
}

function setLockStatus(host: Host, id: string, status: PriceLock['status']): void {
  const lock = host.store.readLock(id);
  if (lock) host.store.writeLock({ ...lock, status });
}

/** The services of an order that was never paid end without ever having run. */
export function endServices(host: Host, orderId: string): void {
  for (const { id } of readLines(host, orderId)) {
    host.db.update('services', id, { status: 'cancelled', nextDueOn: null });
    setLockStatus(host, id, 'ended');
  }
}

/** Moves a service to another state, its lock with it, and tells the plugin. */
export function moveService(host: Host, id: string, action: ServiceAction): HostService {
  const { from, to, event } = moves[action];
  return host.db.transaction(() => {
    const { status, term } = serviceRow(host, id);
    if (status === to) return readService(host, id);
    if (!from.includes(status))
      throw new Refusal('conflict', `A service that is ${status} cannot be changed by "${action}".`);
    host.db.update('services', id, { status: to, overdue: 0 });
    if (action === 'provision') host.db.update('services', id, { nextDueOn: addTerm(today(host), term) });
    if (action === 'provision') setLockStatus(host, id, 'active');
    if (action === 'terminate') setLockStatus(host, id, 'ended');
    emit(host, event, id, { service: readService(host, id) });
    return readService(host, id);
  });
}

/** Sets a paid service up. A product that is made to fail stays in setup_failed until staff try again. */
export function provision(host: Host, id: string): void {
  const { product, status } = serviceRow(host, id);
  if (status !== 'pending') return;
  if (!readProduct(host, product).failsSetup) return void moveService(host, id, 'provision');
  host.db.update('services', id, { status: 'setup_failed' });
  emit(host, 'service.failed', id, { service: readService(host, id) });
}

/** A renewal was paid: the next term begins where the last one ends; a service suspended for it runs again. */
export function renew(host: Host, id: string, periodFrom: string): void {
  const { status, nextDueOn, term, overdue } = serviceRow(host, id);
  if (status === 'cancelled' || nextDueOn !== periodFrom) return;
  host.db.update('services', id, { nextDueOn: addTerm(periodFrom, term) });
  emit(host, 'service.renewed', id, { service: readService(host, id) });
  if (overdue === 1) moveService(host, id, 'unsuspend');
}
