import { HostError } from '../../../hooks/contract/host-error.ts';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import { readOutstanding } from '../revenue/outstanding.ts';
import { readPeriod } from '../revenue/period.ts';
import { subjectReseller } from '../revenue/subject.ts';
import type { StatementTotals } from './entity.ts';
import { readLines } from './lines.ts';
import { addUp, columns } from './row.ts';

/** Lines of the running month that are answered at once. */
const SHOWN = 100;

/**
 * A reseller's account since its last statement, per currency: opening + lines = balance now; what is overdue; and the
 * credit left at the host, null where the host keeps none.
 */
export const currentStatement = verb({
  procedure: 'statements.current',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({ resellerId: z.string().max(60).optional() }),
  run: async (ctx, input) => {
    const { em } = ctx;
    const resellerId = await subjectReseller(ctx, input.resellerId);
    const { today, from: month } = await readPeriod(ctx, { range: 'this_month' });
    const digits = await digitsOf(em);
    const accounts = await em.execute<{ currency: string; opening: string; totals: StatementTotals; lines: number }[]>(
      `with opened as (
         select distinct on (currency) currency, closing from statement where reseller_id = ? order by currency, month desc
       ), kinds as (
         select currency, kind, sum(amount) as amount, count(*) as lines from account_entry
          where reseller_id = ? and statement_id is null group by 1, 2
       ), summed as (
         select currency, jsonb_object_agg(kind, amount::text) as totals, sum(lines)::int as lines from kinds group by 1
       )
       select currency, coalesce(o.closing, 0)::text as opening, coalesce(s.totals, '{}') as totals,
              coalesce(s.lines, 0) as lines
         from opened o full join summed s using (currency) order by currency`,
      [resellerId, resellerId],
    );
    const outstanding = await readOutstanding(em, today, digits, resellerId);
    const rows = [];
    for (const { currency, opening, totals, lines } of accounts) {
      const places = digits(currency);
      rows.push({
        currency,
        opening: addUp([opening], places),
        ...columns(totals, places),
        balance: addUp([opening, ...Object.values(totals)], places),
        overdue: outstanding.find((row) => row.currency === currency)?.overdue ?? addUp([], places),
        lineCount: lines,
        lines: await readLines(em, { resellerId, currency }, places, null, SHOWN),
      });
    }
    const { hostClientId } = await em.findOneOrFail(Reseller, { id: resellerId });
    return { month, today, rows, credit: await creditLeft(ctx, hostClientId) };
  },
});

/** Null where the host keeps no credit, or cannot be asked now: the account is ours, the credit is not. */
async function creditLeft({ host, log }: ServiceContext, clientId: string) {
  try {
    const { capabilities } = await host.describe({});
    return capabilities.includes('accountCredit') ? await host['credit.read']({ clientId }) : null;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    log.warn({ error: error.message }, 'credit not read');
    return null;
  }
}
