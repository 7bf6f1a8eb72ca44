import type { EntityManager } from '@mikro-orm/postgresql';
import type { CursorPosition } from '../../paging.ts';
import { decimal } from '../revenue/amounts.ts';
import type { LineRow } from './row.ts';

/** Which entries: those on a statement, or the ones of an account that no statement holds yet. */
export type Lines = { statementId: string } | { resellerId: string; currency: string };

/** Entries in the order of their days, after a position. */
export async function readLines(
  em: EntityManager,
  which: Lines,
  digits: number,
  after: CursorPosition | null,
  limit: number,
): Promise<LineRow[]> {
  const [where, values] =
    'statementId' in which
      ? ['statement_id = ?', [which.statementId]]
      : ['statement_id is null and reseller_id = ? and currency = ?', [which.resellerId, which.currency]];
  const rows = await em.execute<
    { id: string; day: string; kind: LineRow['kind']; host_invoice_id: string; number: string; amount: string }[]
  >(
    `select e.id::text as id, e.day::text as day, e.kind, e.host_invoice_id, e.number, e.amount::text as amount
       from account_entry e where ${where} ${after ? 'and (e.day, e.id) > (?::date, ?::bigint)' : ''}
      order by e.day, e.id limit ?`,
    [...values, ...(after ? [after.key, after.id] : []), limit],
  );
  return rows.map((row) => ({
    id: Number(row.id),
    day: row.day,
    kind: row.kind,
    invoiceId: row.host_invoice_id,
    number: row.number,
    amount: decimal(row.amount, digits),
  }));
}
