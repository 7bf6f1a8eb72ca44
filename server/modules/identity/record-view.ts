import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';

/**
 * Leaves in the activity log that an admin sees a reseller's portal, once per session of the host: the reseller can read
 * it there. `session` is the hash that the token carries.
 */
export async function recordView(ctx: ServiceContext, session: string, reason: string | null = null): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'reseller' || !actor.actingAdmin) return;
  const { actingAdmin: admin, resellerId } = actor;
  const [seen] = await ctx.em.execute<unknown[]>(
    'select from portal_view where session = ? and admin = ? and reseller_id = ?',
    [session, admin, resellerId],
  );
  if (seen) return;
  await ctx.em.fork().transactional(async (em) => {
    const [first] = await em.execute<unknown[]>(
      `insert into portal_view (session, admin, reseller_id, first_at) values (?, ?, ?, ?)
       on conflict do nothing returning session`,
      [session, admin, resellerId, ctx.now],
    );
    if (!first) return;
    record(
      { ...ctx, em },
      { action: 'portal.viewed', subject: { type: 'reseller', id: resellerId }, resellerId, after: { admin }, reason },
    );
  });
}
