import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { endProblem } from '../problem/raise.ts';
import { checkVersion, findEndpoint } from './find.ts';

/** Removes an endpoint with its log; nothing is sent there any more. @throws not_found, version_mismatch */
export const removeWebhook = verb({
  procedure: 'webhooks.remove',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({ id: z.string().max(60), version: z.int() }),
  run: async (ctx, { id, version }) => {
    const endpoint = await findEndpoint(ctx, id, true);
    checkVersion(endpoint, version);
    ctx.em.remove(endpoint);
    record(ctx, {
      action: 'webhook_endpoint.removed',
      subject: { type: 'webhook_endpoint', id },
      resellerId: endpoint.resellerId ?? null,
      before: { url: endpoint.url, description: endpoint.description, events: endpoint.events },
    });
    await ctx.em.flush();
    await endProblem(ctx, `webhook_off:${id}`);
    return { id };
  },
});
