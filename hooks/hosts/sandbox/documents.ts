import type { z } from 'zod';
import type { HostClient, HostInvoice, HostOrder, HostService, HostTicket } from '../../contract/index.ts';
import type { InvoiceLine, PricedLine, RefundFact } from '../../contract/index.ts';
import { hostClient, hostInvoice, hostOrder, hostService, hostTicket } from '../../contract/index.ts';
import { momentNow, type Host } from './host.ts';
import { refuseUnknown } from './refusal.ts';

/** A payment, a failed try or a refund; `lines` says what a refund gave back of which line, where that is known. */
export type Payment = RefundFact & { kind: 'payment' | 'failed' | 'refund'; method: string };
/** `periodFrom` is the first day of the term that a renewal pays for. */
export type Line = InvoiceLine & { periodFrom: string | null };

/** What the host keeps of each kind: the contract's object and, beside it, what only the host knows. */
type Documents = {
  client: HostClient & { role: 'staff' | 'client'; password: string };
  order: Omit<HostOrder, 'locks'> & { discount: string };
  invoice: Omit<HostInvoice, 'lines'> & { lines: Line[]; payments: Payment[]; held: string | null };
  /** `line` is what was bought, at the prices of then, for ever; `invoicedFor` the last renewal that was invoiced. */
  service: Omit<HostService, 'lock'> & { line: PricedLine; overdue: boolean; invoicedFor: string | null };
  ticket: HostTicket & { message: string; serviceId: string | null; orderId: string | null };
};
export type Kind = keyof Documents;
export type Document<K extends Kind> = Documents[K];
const shapes = { client: hostClient, order: hostOrder, invoice: hostInvoice, service: hostService, ticket: hostTicket };
export type View<K extends Kind> = z.infer<(typeof shapes)[K]>;

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
  const refunds = payments
    .filter(({ kind }) => kind === 'refund')
    .map((refund) => Object.assign({ lines: null }, refund));
  return { payment: paying ?? null, refunds };
}

type Change = (host: Host, id: string) => void;
/** Changes a document, and shows it as it is then. */
export function changed<K extends Kind>(host: Host, kind: K, id: string, change: Change): View<K> {
  change(host, id);
  return view(host, kind, id);
}

const conditions = {
  clientIds: 'clientId IN (SELECT value FROM json_each(?))',
  ids: 'id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))',
  since: 'changedAt >= ?',
  search: `instr(lower(concat_ws(' ', json ->> '$.name', json ->> '$.company', json ->> '$.email')), lower(?)) > 0`,
  cursor: 'id > CAST(? AS INTEGER)',
};
type Filters = { [Name in keyof typeof conditions]?: string | string[] | undefined };

/** One page of a kind, oldest first, as the contract writes it, and the cursor of the next page. Staff are no clients. */
export function list<K extends Kind>(host: Host, kind: K, { limit = 500, ...filters }: Filters & { limit?: number }) {
  const used = (Object.keys(conditions) as (keyof Filters)[]).filter((name) => filters[name] !== undefined);
  const where = ["json ->> '$.role' IS NOT 'staff'", ...used.map((name) => conditions[name])].join(' AND ');
  const values = used
    .map((name) => filters[name] ?? '')
    .map((value) => (Array.isArray(value) ? JSON.stringify(value) : value));
  const found = find(host, kind, `${where} ORDER BY id LIMIT ${limit + 1}`, ...values);
  const page = found.slice(0, limit).map(({ id }) => view(host, kind, id));
  return { page, cursor: found.length > limit ? (found[limit - 1]?.id ?? null) : null };
}
