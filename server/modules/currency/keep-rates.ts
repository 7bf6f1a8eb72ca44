import type { CallResponse } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { raiseProblem } from '../problem/raise.ts';

/**
 * Keeps the host's own currency as the programme's, and each rate that moved from this moment on: payments are converted
 * at the rate that held when they were made. A host that keeps no rates leaves other currencies unconverted, and figures
 * say so; rates of anybody else would not be the ones the provider counts with.
 */
export async function keepRates(
  ctx: ServiceContext,
  { currency, rates = [] }: Pick<CallResponse<'describe'>, 'currency' | 'rates'>,
): Promise<void> {
  const { em, now } = ctx;
  const [held] = await em.execute<{ currency: string | null }[]>('select currency from tier_rules where id = 1');
  if (held?.currency === null) await em.execute('update tier_rules set currency = ? where id = 1', [currency]);
  else if (held && held.currency !== currency) {
    // What was converted so far is in the old one: thresholds must not change their meaning by themselves.
    await raiseProblem(ctx, {
      key: 'programme_currency',
      message: `The host’s currency is ${currency} now; tiers go on counting in ${held.currency}.`,
      severity: 'warning',
    });
    return;
  }
  for (const { currency: code, rate } of rates) {
    if (code === currency || Number(rate) === 0) continue;
    await em.execute(
      `insert into currency_rate (currency, base, rate, valid_from)
       select ?, ?, ?::numeric, ?
        where ?::numeric is distinct from (select rate from currency_rate where currency = ? and base = ?
                                            order by valid_from desc limit 1)
       on conflict do nothing`,
      [code, currency, rate, now, rate, code, currency],
    );
  }
}
