import type { z } from 'zod';
import type * as contract from '../../contract/index.ts';
import { hostClient, hostInvoice, hostOrder, hostService, hostTicket } from '../../contract/index.ts';
import { momentNow, type Host } from './host.ts';
import { notFound } from './refusal.ts';

/** A payment, a failed try or a refund. */
export type Payment = {
  id: string;
  kind: 'payment' | 'failed' | 'refund';
  method: string;
  amount: string;
  at: string;
  /** What a refund gave back of which line; absent or null when the host does not know. */
  lines?: contract.RefundFact['lines'];
};
/** `periodFrom` is the first day of the term that a renewal pays for. */
export type Line = contract.InvoiceLine & { periodFrom: string | null };

/** What the host keeps of each kind: the contract's object and, beside it, what only the host knows. */
type Documents = {
  client: contract.HostClient & { role: 'staff' | 'client'; password: string };
  order: Omit<contract.HostOrder, 'locks'> & { discount: string };
  invoice: Omit<contract.HostInvoice, 'lines'> & { lines: Line[]; payments: Payment[]; held: string | null };
  /** `line` is what was bought, at the prices of then, for ever; `invoicedFor` the last renewal that was invoiced. */
  service: Omit<contract.HostService, 'lock'> & {
    line: contract.PricedLine;
    overdue: boolean;
    invoicedFor: string | null;
  };
  ticket: contract.HostTicket & { message: string; serviceId: string | null; orderId: string | null };
};
export type Kind = keyof Documents;
export type Document<K extends Kind> = Documents[K];
/** The contract's shape of each kind. */
const shapes = { client: hostClient, order: hostOrder, invoice: hostInvoice, service: hostService, ticket: hostTicket };
type View<K extends Kind> = z.infer<(typeof shapes)[K]>;

/** Stores a new document; its id is never used again, not even after it is deleted. */
export function create<K extends Kind>(host: Host, kind: K, content: Omit<Document<K>, 'id'>): Document<K> {
  const { id } = host.db.run("INSERT INTO documents (kind, changedAt, json) VALUES (?, '', '{}')", kind);
  const document = { ...content, id } as unknown as Document<K>;
  save(host, document);
  return document;
}

/** Stores a document as it is now, under its next version. */
export function save<Stored extends Document<Kind>>(host: Host, document: Stored): void {
  const sql = 'UPDATE documents SET json = ?, version = version + 1, changedAt = ? WHERE id = ?';
  host.db.run(sql, JSON.stringify(document), momentNow(host), document.id);
}

export function load<K extends Kind>(host: Host, kind: K, id: string): Document<K> {
  const [document] = find(host, kind, 'id = ?', id);
  if (document) return document;
  throw notFound(kind);
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
function factsOf({ payments, paidAt }: Document<'invoice'>): Pick<contract.HostInvoice, 'payment' | 'refunds'> {
  const payment = paidAt === null ? null : (payments.findLast(({ kind }) => kind === 'payment') ?? null);
  const refunds = payments.filter(({ kind }) => kind === 'refund');
  return { payment, refunds: refunds.map(({ id, at, amount, lines = null }) => ({ id, at, amount, lines })) };
}

type Filters = Partial<
  Record<'clientIds' | 'ids', string[] | undefined> & Record<'since' | 'search' | 'cursor', string | undefined>
>;
const conditions: Record<keyof Filters, string> = {
  clientIds: 'clientId IN (SELECT value FROM json_each(?))',
  ids: 'id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))',
  since: 'changedAt >= ?',
  search: `instr(lower(concat_ws(' ', json ->> '$.name', json ->> '$.company', json ->> '$.email')), lower(?)) > 0`,
  cursor: 'id > CAST(? AS INTEGER)',
};

/** One page of a kind, oldest first, as the contract writes it, and the cursor of the next page. Staff are no clients. */
export function list<K extends Kind>(host: Host, kind: K, { limit = 500, ...filters }: Filters & { limit?: number }) {
  const used = Object.entries(conditions).flatMap(([name, sql]): [string, string][] => {
    const value = filters[name as keyof Filters];
    return value === undefined ? [] : [[sql, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  const where = ["json ->> '$.role' IS NOT 'staff'", ...used.map(([sql]) => sql)].join(' AND ');
  const found = find(host, kind, `${where} ORDER BY id LIMIT ${limit + 1}`, ...used.map(([, value]) => value));
  const page = found.slice(0, limit).map(({ id }) => view(host, kind, id));
  return { page, cursor: found.length > limit ? (found[limit - 1]?.id ?? null) : null };
}
