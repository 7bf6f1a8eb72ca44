import { LockMode } from '@mikro-orm/core';
import type { ServiceContext } from '../../context.ts';
import { record } from '../activity/record.ts';
import { raiseProblem } from '../problem/raise.ts';
import { type OffReason, WebhookEndpoint } from './entity.ts';
import { stopReplays } from './replay-stop.ts';

/** Switches an endpoint off that is gone or fails for long, stops what waits for it, and tells its owner. Once. */
export async function switchOff(ctx: ServiceContext, id: string, reason: OffReason): Promise<void> {
  await ctx.em.fork().transactional(async (em) => {
    const endpoint = await em.findOne(WebhookEndpoint, { id, active: true }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!endpoint) return;
    const resellerId = endpoint.resellerId ?? null;
    em.assign(endpoint, { active: false, offReason: reason });
    await stopReplays(em, ctx.now, 'endpoint_id = ?', id);
    await em.execute(
      `update webhook_delivery set state = 'stopped', finished_at = ?, lease_until = null where endpoint_id = ? and state = 'waiting'`,
      [ctx.now, id],
    );
    record(
      { ...ctx, em },
      {
        action: 'webhook_endpoint.switched_off',
        subject: { type: 'webhook_endpoint', id },
        resellerId,
        before: { active: true },
        after: { active: false, offReason: reason, failingSince: endpoint.failingSince },
        event: { endpointId: id, endpoint: new URL(endpoint.url).host, reason },
      },
    );
    await em.flush();
    if (resellerId !== null) return;
    await raiseProblem(
      { ...ctx, em },
      {
        key: `webhook_off:${id}`,
        message: `Events are no longer sent to ${new URL(endpoint.url).host}: the endpoint was switched off. Mend it, switch it on, and replay what it missed.`,
        severity: 'warning',
      },
    );
  });
}
