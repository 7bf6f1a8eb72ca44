import { makeEvent } from '../../../bridge/events.ts';
import type { EventData, EventType, HostEvent } from '../../../contract/index.ts';
import { view, type Kind } from '../documents.ts';
import { readSetting, writeSetting, type Host } from '../host.ts';

type About = HostEvent['aggregate'];
function append<Type extends EventType>(host: Host, type: Type, about: About, data: EventData<Type>): void {
  const event = makeEvent(type, about, data, host.now()) as HostEvent;
  if (readSetting(host.db, 'lose_next_event') === 'yes') writeSetting(host.db, 'lose_next_event', 'no');
  else host.store.appendEvent(event);
}

type AboutDocument = Exclude<EventType, 'catalogue.changed'>;
type Beside<Type extends EventType> = Partial<EventData<Type>>;

/** Puts an event about a document, as it is now, into the outbox. Call it inside the transaction that made the change. */
export function emit<Type extends AboutDocument>(host: Host, type: Type, id: string, beside: Beside<Type> = {}): void {
  const kind = type.slice(0, type.indexOf('.')) as Kind;
  const version = host.db.get<{ version: number }>('SELECT version FROM documents WHERE id = ?', id)?.version ?? 0;
  const data = { [kind]: view(host, kind, id), ...beside } as unknown as EventData<Type>;
  append(host, type, { type: kind, id, version }, data);
}

/** Tells that the prices or the offer of these products changed. */
export function emitCatalogueChanged(host: Host, products: string[]): void {
  const version = Number(readSetting(host.db, 'catalogue_version') ?? 0) + 1;
  writeSetting(host.db, 'catalogue_version', String(version));
  append(host, 'catalogue.changed', { type: 'catalogue', id: 'catalogue', version }, { products });
}
