import type { z } from 'zod';
import { makeEvent } from '../../bridge/events.ts';
import { hostClient, hostInvoice, hostOrder, hostService, hostTicket } from '../../contract/index.ts';
import type { EventData, EventType, HostEvent, InvoiceLine, PricedLine, RefundFact } from '../../contract/index.ts';
import { momentNow, readSetting, refuseUnknown, writeSetting, type Host } from './host.ts';

const shapes = { client: hostClient, order: hostOrder, invoice: hostInvoice, service: hostService, ticket: hostTicket };
export type Kind = keyof typeof shapes;
export type View<K extends Kind> = z.infer<(typeof shapes)[K]>;

/** A payment, a failed try or a refund; `lines` says what a refund gave back of which line, where that is known. */
export type Payment = RefundFact & { kind: 'payment' | 'failed' | 'refund'; method: string };
/** `periodFrom` is the first day of the term that a renewal pays for. */
export type Line = InvoiceLine & { periodFrom: string | null };

/** What the host keeps of each kind: the contract's object and, beside it, what only the host knows. */
type Documents = {
  client: View<'client'> & { role: 'staff' | 'client'; password: string };
  order: Omit<View<'order'>, 'locks'> & { discount: string };
  invoice: Omit<View<'invoice'>, 'lines'> & { lines: Line[]; payments: Payment[]; held: string | null };
  /** `line` is what was bought, at the prices of then, for ever; `invoicedFor` the last renewal that was invoiced. */
  service: Omit<View<'service'>, 'lock'> & { line: PricedLine; overdue: boolean; invoicedFor: string | null };
  ticket: View<'ticket'> & { message: string; serviceId: string | null; orderId: string | null };
};
export type Document<K extends Kind> = Documents[K];

/** Stores a new document; its id is never used again, not even after it is deleted. */
export function create<K extends Kind>(host: Host, kind: K, content: Omit<Document<K>, 'id'>): Document<K> {
  const { lastInsertRowid } = host.db.run("INSERT INTO documents (kind, changedAt, json) VALUES (?, '', '{}')", kind);
  const document = { ...content, id: String(lastInsertRowid) } as unknown as Document<K>;
  save(host, document);
  return document;
}

/** Stores a document as it is now, under its next version. */
export function save<Stored extends Document<Kind>>(host: Host, document: Stored): void {
  const sql = 'UPDATE documents SET json = ?, version = version + 1, changedAt = ? WHERE id = ?';
  host.db.run(sql, JSON.stringify(document), momentNow(host), document.id);
}

export function load<K extends Kind>(host: Host, kind: K, id: string): Document<K> {
  return find(host, kind, 'id = ?', id)[0] ?? refuseUnknown(kind);
}

/** Documents of a kind that meet a condition in SQL, which comes from code, never from a request. */
export function find<K extends Kind>(host: Host, kind: K, condition: string, ...values: string[]): Document<K>[] {
  const sql = `SELECT json FROM documents WHERE kind = '${kind}' AND ${condition}`;
  return host.db.all<{ json: string }>(sql, ...values).map((row) => JSON.parse(row.json) as Document<K>);
}

/** The document as the contract writes it: private fields are gone, and the locks as they are now stand in it. */
export function view<K extends Kind>(host: Host, kind: K, id: string): View<K> {
  const document = load(host, kind, id);
  const lines = kind === 'order' ? (document as Document<'order'>).lines : [];
  const locks = lines.flatMap(({ serviceId }) => host.store.readLock(serviceId) ?? []);
  const facts = kind === 'invoice' ? factsOf(document as Document<'invoice'>) : {};
  return shapes[kind].parse({ ...document, ...facts, locks, lock: host.store.readLock(id) }) as View<K>;
}

/** What was booked on an invoice, as the contract writes it; the payment is the one that made it paid. */
function factsOf({ payments, paidAt }: Document<'invoice'>) {
  const paying = paidAt === null ? undefined : payments.findLast(({ kind }) => kind === 'payment');
  return { payment: paying ?? null, refunds: payments.filter(({ kind }) => kind === 'refund') };
}

const conditions = {
  clientIds: 'clientId IN (SELECT value FROM json_each(?))',
  ids: 'id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))',
  since: 'changedAt >= ?',
  search: `instr(lower(concat_ws(' ', json ->> '$.name', json ->> '$.company', json ->> '$.email')), lower(?)) > 0`,
  cursor: 'id > CAST(? AS INTEGER)',
};
type Filters = { [Name in keyof typeof conditions]?: string | string[] | undefined };

type Page<K extends Kind> = Record<`${K}s`, View<K>[]> & { cursor: string | null };

/** One page of a kind, oldest first, as the contract writes it, and the cursor of the next page. Staff are no clients. */
export function list<K extends Kind>(host: Host, kind: K, asked: Filters & { limit?: number } = {}): Page<K> {
  const { limit = 500, ...filters } = asked;
  const used = (Object.keys(conditions) as (keyof Filters)[]).filter((name) => filters[name] !== undefined);
  const where = ["json ->> '$.role' IS NOT 'staff'", ...used.map((name) => conditions[name])].join(' AND ');
  const given = used.map((name) => filters[name] ?? '');
  const values = given.map((value) => (Array.isArray(value) ? JSON.stringify(value) : value));
  const found = find(host, kind, `${where} ORDER BY id LIMIT ${limit + 1}`, ...values);
  const page = found.slice(0, limit).map(({ id }) => view(host, kind, id));
  const cursor = found.length > limit ? (found[limit - 1]?.id ?? null) : null;
  return { [`${kind}s`]: page, cursor } as Page<K>;
}

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
