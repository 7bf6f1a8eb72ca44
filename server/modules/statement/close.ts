import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { record } from '../activity/record.ts';
import { readPeriod, shiftMonth } from '../revenue/period.ts';
import { Statement, type StatementTotals } from './entity.ts';

interface Account {
  reseller_id: string;
  currency: string;
}

/**
 * Closes every month that ended, of each account that has entries in it or a balance to carry. What is reported for a
 * closed month afterwards goes into the next one. Any number of times; returns how many statements were made.
 */
export async function closeStatements(ctx: ServiceContext): Promise<number> {
  const { from: month } = await readPeriod(ctx, { range: 'this_month' });
  const accounts = await ctx.em.execute<Account[]>(
    `select reseller_id, currency from account_entry where statement_id is null and day < ?::date group by 1, 2
     union
     select reseller_id, currency from (
       select distinct on (reseller_id, currency) reseller_id, currency, month, closing from statement
        order by reseller_id, currency, month desc) s where s.month < ?::date and s.closing <> 0`,
    [month, shiftMonth(month, -1)],
  );
  let made = 0;
  for (const account of accounts) {
    made += await ctx.em.fork().transactional((em) => closeAccount({ ...ctx, em }, account, month));
  }
  return made;
}

async function closeAccount(ctx: ServiceContext, account: Account, until: string): Promise<number> {
  const { em } = ctx;
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `statement:${account.reseller_id}:${account.currency}`,
  ]);
  const last = await em.findOne(
    Statement,
    { resellerId: account.reseller_id, currency: account.currency },
    { orderBy: { month: 'desc' } },
  );
  let opening = last?.closing ?? '0';
  let month = last ? shiftMonth(last.month, 1) : await firstMonth(em, account);
  let made = 0;
  for (; month !== null && month < until; month = shiftMonth(month, 1)) {
    const closing = await closeMonth(ctx, account, month, opening);
    if (closing === null) continue;
    opening = closing;
    made += 1;
  }
  return made;
}

async function firstMonth(em: EntityManager, { reseller_id: id, currency }: Account): Promise<string | null> {
  const [row] = await em.execute<{ month: string | null }[]>(
    `select date_trunc('month', min(day))::date::text as month from account_entry
      where reseller_id = ? and currency = ? and statement_id is null`,
    [id, currency],
  );
  return row?.month ?? null;
}

/** The balance at the month's end; null when there was nothing to state. */
async function closeMonth(
  ctx: ServiceContext,
  { reseller_id: resellerId, currency }: Account,
  month: string,
  opening: string,
): Promise<string | null> {
  const { em, now } = ctx;
  const id = newId('sta');
  const [sums] = await em.execute<{ closing: string; lines: number; totals: StatementTotals }[]>(
    `with entry as (
       update account_entry set statement_id = ?
        where reseller_id = ? and currency = ? and statement_id is null and day < ?::date returning kind, amount
     ), kinds as (select kind, sum(amount) as amount from entry group by kind)
     select (?::numeric + coalesce((select sum(amount) from entry), 0))::text as closing,
            (select count(*)::int from entry) as lines,
            coalesce((select jsonb_object_agg(kind, amount::text) from kinds), '{}') as totals`,
    [id, resellerId, currency, shiftMonth(month, 1), opening],
  );
  const { closing, lines, totals } = sums!;
  if (lines === 0 && Number(opening) === 0) return null;
  em.persist(em.create(Statement, { id, resellerId, currency, month, opening, closing, totals, lines, closedAt: now }));
  record(ctx, {
    action: 'statement.closed',
    subject: { type: 'statement', id },
    resellerId,
    after: { month, currency, opening, closing, lines },
    event: { statementId: id, month, currency, opening, closing },
  });
  await em.flush();
  return closing;
}
