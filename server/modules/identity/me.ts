import { z } from 'zod';
import { tenantOf } from '../../context.ts';
import type { Permission } from '../../permissions.ts';
import { verb } from '../../verb.ts';
import { namesOfActors } from '../activity/names.ts';
import { Programme } from '../programme/entity.ts';
import { findResellerRows } from '../reseller/find-rows.ts';

/** Who is asking, what they may do, and what a screen must know before it draws anything. */
export const getMe = verb({
  procedure: 'me.get',
  // Everyone who got this far may ask who they are.
  permission: null,
  mode: 'read',
  input: z.object({}),
  run: async ({ em, actor }) => {
    const resellerId = tenantOf(actor);
    const [row] = resellerId ? await findResellerRows(em, { where: 'r.id = ?', parameters: [resellerId] }) : [];
    const viewer = (actor.kind === 'reseller' ? actor.actingAdmin : null) ?? null;
    const programme = await em.findOneOrFail(Programme, 1);
    return {
      kind: actor.kind,
      /** As logs and assignments name it. */
      id: actor.id,
      name: actor.name,
      scopes: [...actor.permissions] as Permission[],
      /** The admin who looks on as this reseller, read-only, by the name the log knows; else null. */
      viewedBy: viewer === null ? null : (await namesOfActors(em, [viewer]))(viewer),
      programmeEnabled: programme.enabled,
      provider: { zone: programme.billingZone },
      reseller: row
        ? {
            id: row.id,
            company: row.company,
            status: row.status,
            publicReason: row.publicReason,
            tier: row.tier,
            discountBp: row.effectiveDiscountBp,
            currency: row.currency,
          }
        : null,
    };
  },
});
