import { z } from 'zod';
import { hostId } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { assignPrices } from '../price-list/assign.ts';
import { readHost } from '../reconcile/read-host.ts';
import { lockRunningServices } from '../service/lock-running.ts';
import { Tier } from '../tier/entity.ts';
import { Reseller } from './entity.ts';
import { findResellerRows } from './find-rows.ts';
import { discountBp } from './schemas.ts';
import { snapshot } from './snapshot.ts';

/**
 * Makes a client of the host a reseller now, without an application. Nothing the host knows is asked again.
 * @throws not_found (client or tier), duplicate (is a reseller), conflict (client closed), host_unreachable
 */
export const createReseller = verb({
  procedure: 'resellers.create',
  permission: 'resellers:write',
  mode: 'write',
  input: z.object({
    hostClientId: hostId,
    company: z.string().trim().min(1, 'enter the company’s name').max(200),
    /** Left out: the lowest. */
    tierId: z.string().max(60).optional(),
    ownDiscountBp: discountBp.default(null),
  }),
  prepare: async ({ host }, input) => {
    const [{ clients }, { services }] = await Promise.all([
      host['clients.list']({ ids: [input.hostClientId], limit: 1 }),
      readHost(host, [input.hostClientId]),
    ]);
    return { clients, services };
  },
  run: async (ctx, input, { clients, services }) => {
    const { em, now } = ctx;
    const client = clients.find(({ id }) => id === input.hostClientId);
    if (!client) throw new ServiceError('not_found', 'The host has no such client. Search again.', '/hostClientId');
    if (client.status === 'closed') {
      throw new ServiceError(
        'conflict',
        'This client account is closed in the host. Open it there first.',
        '/hostClientId',
      );
    }
    if (await em.count(Reseller, { hostClientId: client.id })) {
      throw new ServiceError('duplicate', 'This client is a reseller already.', '/hostClientId');
    }
    const [tier] = await em.find(Tier, input.tierId ? { id: input.tierId } : {}, {
      orderBy: { position: 'asc' },
      limit: 1,
    });
    if (!tier) throw new ServiceError('not_found', 'There is no such tier.', '/tierId');
    const reseller = em.create(Reseller, {
      id: newId('rs'),
      hostClientId: client.id,
      company: input.company,
      email: client.email,
      currency: client.currency,
      tier,
      ownDiscountBp: input.ownDiscountBp,
      status: 'active',
      publicReason: null,
      apiEnabled: true,
      createdAt: now,
      version: 1,
    });
    record(ctx, {
      action: 'reseller.created',
      subject: { type: 'reseller', id: reseller.id },
      resellerId: reseller.id,
      after: snapshot(reseller),
      event: { resellerId: reseller.id, company: reseller.company, tier: tier.id },
    });
    await em.flush();
    await lockRunningServices(ctx, reseller, services);
    await assignPrices(ctx, [reseller.id]);
    const [row] = await findResellerRows(em, { where: 'r.id = ?', parameters: [reseller.id] });
    return row!;
  },
});
