import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { contentHash } from '../objects/primitives.ts';

/**
 * Tells the bridge that the price index changed; it pulls what it lacks before it answers. With `events` it then also sends
 * the events that wait, whatever their next attempt: being asked shows that the plugin is there.
 */
export const publishPrices = defineCall({
  name: 'prices.publish',
  about: 'Tells the bridge that the price index changed; it pulls what it lacks before it answers.',
  capability: 'pushedPriceLists',
  request: z.object({
    revision: contentHash,
    /** Send the events that wait as well; answered when that was tried. */
    events: z.boolean().optional(),
  }),
  response: z.object({ revision: contentHash }),
});
