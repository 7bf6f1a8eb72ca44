import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { loadForChange } from '../reseller/load-for-change.ts';

/** Statements that take names, addresses and free text away; what is money, and what it hangs on, stays. */
const ERASE = [
  `update reseller set company = 'Erased ' || id, email = id || '@erased.invalid', public_reason = null,
          anonymised_at = ?, version = version + 1 where id = ?`,
  `update customer set name = 'Erased', company = null, email = id || '@erased.invalid', external_reference = null,
          version = version + 1 where reseller_id = ?`,
  `update reseller_order o set note = null, version = version + 1,
          lines = (select coalesce(jsonb_agg(line - 'domain' order by at), '[]')
                     from jsonb_array_elements(o.lines) with ordinality as x(line, at)) where reseller_id = ?`,
  'update service set domain = null, title = product where reseller_id = ?',
  `update invoice i set lines = (select coalesce(jsonb_agg(line || jsonb_build_object('title', line -> 'kind') order by at), '[]')
                     from jsonb_array_elements(i.lines) with ordinality as x(line, at)) where reseller_id = ?`,
  `update api_key set name = 'Erased', revoked_at = coalesce(revoked_at, ?) where reseller_id = ?`,
  `update outbox set payload = '{}' where reseller_id = ? and published_at is not null`,
  'delete from reseller_profile where reseller_id = ?',
  'delete from profile_change where reseller_id = ?',
  'delete from reseller_note where reseller_id = ?',
  'delete from task_row where task_id in (select id from task where reseller_id = ?) or subject_id = ?',
  'delete from task where reseller_id = ?',
  `update task set result = null where kind = 'resellers.exportData' and input ->> 'resellerId' = ?`,
];

/**
 * Takes the people out of a terminated reseller's data: names, addresses, contacts, notes and free text of it and its
 * customers. Orders, invoices, ledger and revenue stay as numbers under its id, since the provider must keep its books; so
 * does the activity log, which is append-only evidence. The account in the host is the host's to erase. Final.
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
    for (const statement of ERASE) {
      const count = statement.split('?').length - 1;
      const values = statement.includes('_at = ?') || statement.includes('revoked_at, ?') ? [now, id] : [id, id];
      await em.execute(statement, values.slice(0, count));
    }
    record(ctx, {
      action: 'reseller.erased',
      subject: { type: 'reseller', id },
      resellerId: id,
      after: { kept: ['orders', 'invoices', 'ledger', 'revenue', 'activity'] },
      event: { resellerId: id },
    });
    return { id, anonymisedAt: now.toISOString(), kept: ['orders', 'invoices', 'ledger', 'revenue', 'activity'] };
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
