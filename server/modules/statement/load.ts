import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { decimal } from '../revenue/amounts.ts';
import { Statement } from './entity.ts';
import { type StatementRow, statementRow } from './row.ts';

export interface Loaded {
  row: StatementRow;
  company: string;
  digits: number;
  /** Its lines, added anew. */
  linesTotal: string;
  /** Whether they lead from opening to closing. */
  balanced: boolean;
}

/** A statement of the actor's own, or any for an admin. @throws not_found */
export async function loadStatement(ctx: ServiceContext, id: string): Promise<Loaded> {
  const { em } = ctx;
  const statement = await em.findOne(Statement, { id, ...ownRows(ctx) });
  if (!statement) throw new ServiceError('not_found', 'There is no statement with this id.');
  const digits = await digitsOf(em);
  const { company } = await em.findOneOrFail(Reseller, { id: statement.resellerId });
  const [sum] = await em.execute<{ lines: string; balanced: boolean }[]>(
    `select coalesce(sum(amount), 0)::text as lines, ?::numeric + coalesce(sum(amount), 0) = ?::numeric as balanced
       from account_entry where statement_id = ?`,
    [statement.opening, statement.closing, id],
  );
  const places = digits(statement.currency);
  return {
    row: statementRow(statement, digits),
    company,
    digits: places,
    linesTotal: decimal(sum!.lines, places),
    balanced: sum!.balanced,
  };
}
