import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Reseller } from '../reseller/entity.ts';

/**
 * Opens a reseller's portal for an admin, read-only: answers a session token that every write verb refuses. The visit and
 * its reason are in the activity log; the reseller sees that it took place. Give the answered `view` again to go on after
 * the token's five minutes. @throws not_found, forbidden
 */
export const viewAsReseller = verb({
  procedure: 'resellers.viewAs',
  permission: 'resellers:read',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    reason: z.string().trim().min(3, 'Say why: it is kept in the activity log.').max(500),
    /** Of an earlier answer: the same visit. */
    view: z
      .string()
      .regex(/^vw_[0-9a-f]{32}$/)
      .optional(),
  }),
  run: async (ctx, { id, reason, view = newId('vw') }) => {
    const { actor, em, now } = ctx;
    if (actor.kind !== 'admin') throw new ServiceError('forbidden', 'Only a person of the provider can do this.');
    const reseller = await em.findOne(Reseller, { id });
    if (!reseller) throw new ServiceError('not_found', 'There is no reseller with this id.');
    if (reseller.status === 'terminated')
      throw new ServiceError('conflict', 'This reseller is terminated: there is no portal to see.');
    const [first] = await em.execute<unknown[]>(
      `insert into portal_view (session, admin, reseller_id, first_at) values (?, ?, ?, ?)
       on conflict do nothing returning session`,
      [view, actor.id, id, now],
    );
    if (first) {
      record(ctx, {
        action: 'portal.viewed',
        subject: { type: 'reseller', id },
        resellerId: id,
        after: { admin: actor.id },
        reason,
      });
    }
    const { token, expiresAt } = await ctx.sessions.viewAs({
      hostClientId: reseller.hostClientId,
      admin: actor.id,
      session: view,
    });
    return { token, expiresAt, view, reseller: { id, company: reseller.company } };
  },
});
