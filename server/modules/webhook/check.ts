import { z } from 'zod';
import { newId } from '../../platform/ids.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { deliver } from './deliver.ts';
import { findEndpoint } from './find.ts';
import { TEST_TYPE } from './test-event.ts';

/**
 * Sends one test event at once and answers how it went, also to an endpoint that is switched off: is the receiver mended?
 * Nothing is kept but the entry in the log, and nothing is tried again. @throws not_found
 */
export const checkWebhook = verb({
  procedure: 'webhooks.check',
  permission: 'webhooks:manage',
  mode: 'steps',
  input: z.object({ id: z.string().max(60) }),
  run: async (ctx, { id }) => {
    const { url, secret, oldSecret = null, oldSecretUntil = null, resellerId = null } = await findEndpoint(ctx, id);
    await ctx.em.fork().transactional(async (em) => {
      record(
        { ...ctx, em },
        { action: 'webhook_endpoint.tested', subject: { type: 'webhook_endpoint', id }, resellerId },
      );
    });
    const { status, error, answer, milliseconds } = await deliver(ctx, {
      id: newId('whd'),
      attempt: 1,
      endpointId: id,
      url,
      secret,
      oldSecret,
      oldSecretUntil,
      eventId: newId('evt'),
      type: TEST_TYPE,
      position: null,
      resellerId,
      payload: { endpointId: id },
      createdAt: ctx.now,
      failing: false,
    });
    return { status, error, answer, milliseconds };
  },
});
