import { verb } from '../../verb.ts';
import { findEndpoint } from './find.ts';
import { countEvents, eventsOfRange, REPLAY_MOST, replayRange } from './replay-range.ts';

/** How many events a replay would send; `tooMany` when it is more than one replay may. @throws not_found, bad_input */
export const previewReplay = verb({
  procedure: 'webhooks.replayPreview',
  permission: 'webhooks:manage',
  mode: 'read',
  input: replayRange,
  run: async (ctx, range) => {
    const endpoint = await findEndpoint(ctx, range.endpointId);
    const count = await countEvents(ctx, eventsOfRange(ctx, endpoint, range));
    return { count: Math.min(count, REPLAY_MOST), tooMany: count > REPLAY_MOST };
  },
});
