import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { ownRows } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { hostFacts } from '../host/facts.ts';
import { Reseller } from '../reseller/entity.ts';
import { billingToday } from '../revenue/billing-today.ts';

/**
 * What a reseller owes the provider, by currency, with what of it is overdue, and the credit on its account in the host.
 * `credit` is null with the reason when the host keeps none or cannot be reached: never 0. @throws not_found, bad_input
 */
export const getBalance = verb({
  procedure: 'invoices.balance',
  permission: 'billing:read',
  mode: 'read',
  input: z.object({
    /** For an admin: whose. */
    resellerId: z.string().max(60).optional(),
  }),
  run: async (ctx, input) => {
    const { em, host } = ctx;
    const id = ownRows(ctx).resellerId ?? input.resellerId;
    if (id === undefined) throw new ServiceError('bad_input', 'Choose a reseller.', '/resellerId');
    const reseller = await em.findOne(Reseller, id);
    if (!reseller) throw new ServiceError('not_found', 'There is no such reseller.', '/resellerId');
    const today = await billingToday(em, ctx.now);
    const outstanding = await em.execute<
      { currency: string; invoices: number; amount: string; overdue: string; nextDueOn: string | null }[]
    >(
      `select currency, count(*)::int as invoices, sum(total::numeric)::text as amount,
              coalesce(sum(total::numeric) filter (where due_on < ?::date), 0)::text as overdue,
              (min(due_on) filter (where due_on >= ?::date))::text as "nextDueOn"
         from invoice where reseller_id = ? and status = 'unpaid' group by 1 order by 1`,
      [today, today, id],
    );
    return { outstanding, ...(await readCredit(host, reseller.hostClientId)) };
  },
});

type Credit =
  | { credit: { currency: string; amount: string }; creditMissing: null }
  | { credit: null; creditMissing: 'not_supported' | 'unreachable' };

async function readCredit(host: Parameters<typeof hostFacts>[0], clientId: string): Promise<Credit> {
  try {
    const { capabilities } = await hostFacts(host);
    if (!capabilities.includes('accountCredit')) return { credit: null, creditMissing: 'not_supported' };
    const { money, balance } = await host['credit.read']({ clientId });
    return { credit: { currency: money.currency, amount: balance }, creditMissing: null };
  } catch {
    return { credit: null, creditMissing: 'unreachable' };
  }
}
