import { z } from 'zod';
import { verb } from '../../verb.ts';
import { findEndpoint } from './find.ts';
import { withHealth } from './health.ts';

/** One webhook endpoint, with how it fares, and the version that a change of it names. @throws not_found */
export const getWebhook = verb({
  procedure: 'webhooks.get',
  permission: 'webhooks:manage',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => (await withHealth(ctx, [await findEndpoint(ctx, id)]))[0]!,
});
