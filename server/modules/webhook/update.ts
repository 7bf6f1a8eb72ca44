import { z } from 'zod';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { endProblem } from '../problem/raise.ts';
import { checkUrl, endpointUrl } from './address.ts';
import { checkVersion, findEndpoint } from './find.ts';
import { endpointDescription, endpointPace, endpointRow, eventChoice } from './row.ts';

/**
 * Changes an endpoint. Switched on again it starts afresh; what was missed meanwhile comes by a replay.
 * @throws not_found, version_mismatch, bad_input (address)
 */
export const updateWebhook = verb({
  procedure: 'webhooks.update',
  permission: 'webhooks:manage',
  mode: 'write',
  input: z.object({
    id: z.string().max(60),
    version: z.int(),
    url: endpointUrl.optional(),
    description: endpointDescription.optional(),
    events: eventChoice.optional(),
    active: z.boolean().optional(),
    perSecond: endpointPace.optional(),
  }),
  prepare: async ({ webhooks }, { url }) => {
    if (url !== undefined) await checkUrl(url, webhooks);
  },
  run: async (ctx, { id, version, url, description, events, active, perSecond }) => {
    const endpoint = await findEndpoint(ctx, id, true);
    checkVersion(endpoint, version);
    const before = facts(endpoint);
    if (url !== undefined) endpoint.url = url;
    if (description !== undefined) endpoint.description = description;
    if (events !== undefined) endpoint.events = events;
    if (perSecond !== undefined) endpoint.perSecond = perSecond;
    if (active === true && !endpoint.active)
      ctx.em.assign(endpoint, { active, offReason: null, failingSince: null, holdUntil: null });
    if (active === false) endpoint.active = false;
    record(ctx, {
      action: 'webhook_endpoint.updated',
      subject: { type: 'webhook_endpoint', id },
      resellerId: endpoint.resellerId ?? null,
      before,
      after: facts(endpoint),
    });
    await ctx.em.flush();
    if (endpoint.active) await endProblem(ctx, `webhook_off:${id}`);
    return endpointRow(endpoint, ctx.now);
  },
});

const facts = ({ url, description, events, active, perSecond }: Awaited<ReturnType<typeof findEndpoint>>) => ({
  url,
  description,
  events,
  active,
  perSecond: perSecond ?? null,
});
