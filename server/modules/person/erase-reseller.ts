import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { eraseApplicationsOf } from '../application/forget.ts';
import { loadForChange } from '../reseller/load-for-change.ts';
import { eraseEverywhere } from './erasures.ts';

/** What law and contract ask the provider to keep; nothing of it but the activity log holds a name or a text. */
const KEPT = ['orders', 'invoices', 'statements', 'ledger', 'revenue', 'activity'];

/**
 * Takes the people out of a terminated reseller's data: names, addresses, contacts, notes and free text of it and its
 * customers, wherever they stand; drafts, notices and its webhook endpoints go as a whole, as does all that its test keys
 * made; events keep ids alone. Orders,
 * invoices, statements, ledger and revenue stay as numbers under its id, since the provider must keep its books (in the EU
 * six to ten years by tax law; GDPR art. 17 (3) b). So does the activity log, as evidence for legal claims (art. 17 (3) e):
 * it cannot be changed. What the host reports later comes in without names. The account in the host is the host's to
 * erase. Final.
 * @throws not_found, conflict (not terminated, running services, unpaid invoices, orders on their way), bad_input
 */
export const eraseReseller = verb({
  procedure: 'resellers.erase',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    /** The company's name, typed again. */
    confirm: z.string().max(200),
  }),
  run: async (ctx, { id, version, confirm }) => {
    const { em, now } = ctx;
    const reseller = await loadForChange(ctx, id, version);
    if (reseller.anonymisedAt) throw new ServiceError('conflict', 'This reseller was erased already.');
    if (confirm !== reseller.company) {
      throw new ServiceError('bad_input', 'Type the company’s name exactly as it is shown.', '/confirm');
    }
    await requireOver(ctx, id, reseller.status);
    const { hostClientId: client, company, email } = reseller;
    await eraseApplicationsOf(ctx, client);
    await em.flush();
    await eraseEverywhere(em, { reseller: id, client, company, email, now });
    await em.execute('select forget_test_data(?)', [id]);
    record(ctx, {
      action: 'reseller.erased',
      subject: { type: 'reseller', id },
      resellerId: id,
      after: { kept: KEPT },
      event: { resellerId: id },
    });
    return { id, anonymisedAt: now.toISOString(), kept: KEPT };
  },
});

async function requireOver({ em }: ServiceContext, id: string, status: string): Promise<void> {
  if (status !== 'terminated') {
    throw new ServiceError('conflict', 'Terminate this reseller first. Erasing is final.', '/id');
  }
  const [open] = await em.execute<{ services: boolean; invoices: boolean; orders: boolean }[]>(
    `select exists (select from service where reseller_id = ? and status not in ('cancelled', 'setup_failed')) as services,
            exists (select from invoice where reseller_id = ? and status in ('unpaid', 'draft')) as invoices,
            exists (select from reseller_order where reseller_id = ? and status in ('placing', 'pending')) as orders`,
    [id, id, id],
  );
  const left = (['services', 'invoices', 'orders'] as const).filter((part) => open?.[part]);
  if (left.length > 0) {
    throw new ServiceError(
      'conflict',
      `It still has open ${left.join(', ')}. End, collect or cancel them first.`,
      '/id',
    );
  }
}
