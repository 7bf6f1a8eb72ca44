import { makeEvent } from '../../bridge/events.ts';
import type { EventData, EventType, HostEvent } from '../../contract/index.ts';
import { momentNow, readSetting, writeSetting, type Host } from './host.ts';

type Aggregate = HostEvent['aggregate'];
const tables = {
  client: 'users',
  order: 'orders',
  invoice: 'invoices',
  service: 'services',
  ticket: 'tickets',
} as const;

function append<Type extends EventType>(host: Host, type: Type, aggregate: Aggregate, data: EventData<Type>): void {
  const lost = readSetting(host.db, 'lose_next_event') === 'yes';
  if (lost) writeSetting(host.db, 'lose_next_event', 'no');
  else host.store.appendEvent(makeEvent(type, aggregate, data, host.now()) as HostEvent);
}

/** Marks a row as changed, and answers its new version: the order in which receivers sort its events. */
export function bumpVersion(host: Host, table: string, id: string): number {
  host.db.run(`UPDATE ${table} SET version = version + 1, changed_at = ? WHERE id = ?`, momentNow(host), id);
  return host.db.get<{ version: number }>(`SELECT version FROM ${table} WHERE id = ?`, id)?.version ?? 0;
}

/** Puts an event into the outbox. Call it inside the transaction that makes the change. */
export function emit<Type extends EventType>(host: Host, type: Type, id: string, data: EventData<Type>): void {
  const aggregate = type.slice(0, type.indexOf('.')) as keyof typeof tables;
  append(host, type, { type: aggregate, id, version: bumpVersion(host, tables[aggregate], id) }, data);
}

/** Tells that the prices or the offer of these products changed. */
export function emitCatalogueChanged(host: Host, products: string[]): void {
  const version = Number(readSetting(host.db, 'catalogue_version') ?? 0) + 1;
  writeSetting(host.db, 'catalogue_version', String(version));
  append(host, 'catalogue.changed', { type: 'catalogue', id: 'catalogue', version }, { products });
}
