import { hostClient, hostInvoice, hostOrder, hostService, hostTicket } from '../../contract/index.ts';
import type {
  HostClient,
  HostInvoice,
  HostOrder,
  HostService,
  HostTicket,
  InvoiceLine,
  PricedLine,
} from '../../contract/index.ts';
import { momentNow, type Host } from './host.ts';
import { notFound } from './refusal.ts';

/** A payment, a failed try or a refund. */
export type Payment = { id: string; kind: 'payment' | 'failed' | 'refund'; method: string; amount: string; at: string };
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
type Views = { client: HostClient; order: HostOrder; invoice: HostInvoice; service: HostService; ticket: HostTicket };
const shapes = { client: hostClient, order: hostOrder, invoice: hostInvoice, service: hostService, ticket: hostTicket };

/** Stores a new document; its id is never used again, not even after it is deleted. */
export function create<K extends Kind>(host: Host, kind: K, content: Omit<Document<K>, 'id'>): Document<K> {
  const sql = "INSERT INTO documents (kind, changedAt, json) VALUES (?, ?, '{}')";
  const document = { ...content, id: host.db.run(sql, kind, momentNow(host)).id } as unknown as Document<K>;
  save(host, document);
  return document;
}

/** Stores a document as it is now, under its next version. */
export function save<Stored extends Document<Kind>>(host: Host, document: Stored): void {
  const sql = 'UPDATE documents SET json = ?, version = version + 1, changedAt = ? WHERE id = ?';
  host.db.run(sql, JSON.stringify(document), momentNow(host), document.id);
}

export function load<K extends Kind>(host: Host, kind: K, id: string): Document<K> {
  const row = host.db.get<{ json: string }>('SELECT json FROM documents WHERE kind = ? AND id = ?', kind, id);
  if (!row) throw notFound(kind);
  return JSON.parse(row.json) as Document<K>;
}

/** Documents of a kind that meet a condition in SQL, oldest first. The condition comes from code, never from a request. */
export function find<K extends Kind>(host: Host, kind: K, condition: string, ...values: string[]): Document<K>[] {
  const sql = `SELECT json FROM documents WHERE kind = '${kind}' AND ${condition}`;
  return host.db.all<{ json: string }>(sql, ...values).map((row) => JSON.parse(row.json) as Document<K>);
}

/** The document as the contract writes it: private fields are gone, and the locks as they are now stand in it. */
export function view<K extends Kind>(host: Host, kind: K, id: string): Views[K] {
  const document = load(host, kind, id) as { lines?: { serviceId: string | null }[] };
  const locks =
    kind === 'order' ? document.lines?.flatMap(({ serviceId }) => host.store.readLock(serviceId ?? '') ?? []) : [];
  return shapes[kind].parse({ ...document, locks, lock: host.store.readLock(id) }) as Views[K];
}

export type Listing = {
  clientIds?: string[];
  ids?: string[];
  since?: string;
  search?: string;
  cursor?: string;
  limit?: number;
};
type Filters = { [Key in keyof Listing]?: Listing[Key] | undefined };

/** One page of a kind, oldest first, as the contract writes it, and the cursor of the next page. */
export function list<K extends Kind>(
  host: Host,
  kind: K,
  filters: Filters,
): { page: Views[K][]; cursor: string | null } {
  const { clientIds, ids, since, search, cursor, limit = 500 } = filters;
  const conditions: [sql: string, value: string | undefined][] = [
    ['clientId IN (SELECT value FROM json_each(?))', clientIds && JSON.stringify(clientIds)],
    ['id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))', ids && JSON.stringify(ids)],
    ['changedAt >= ?', since],
    [
      `instr(lower((json ->> '$.name') || ' ' || coalesce(json ->> '$.company', '') || ' ' || (json ->> '$.email')), lower(?))`,
      search,
    ],
    ['id > CAST(? AS INTEGER)', cursor],
  ];
  const used = conditions.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const where = used.map(([sql]) => `AND ${sql}`).join(' ');
  const only = kind === 'client' ? "AND json ->> '$.role' = 'client'" : '';
  const sql = `SELECT CAST(id AS TEXT) AS id FROM documents WHERE kind = '${kind}' ${only} ${where} ORDER BY documents.id LIMIT ${limit + 1}`;
  const found = host.db.all<{ id: string }>(sql, ...used.map(([, value]) => value));
  const page = found.slice(0, limit).map(({ id }) => view(host, kind, id));
  return { page, cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null };
}
