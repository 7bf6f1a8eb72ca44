import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { contentHash } from '../objects/primitives.ts';

/**
 * Tells the bridge that the price index changed; it pulls what it lacks before it answers. Being asked shows that the plugin
 * is there: the bridge then also sends the events that wait, whatever their next attempt, and answers when that is tried.
 */
export const publishPrices = defineCall({
  name: 'prices.publish',
  about:
    'Tells the bridge that the price index changed; it pulls what it lacks, and sends the events that wait, before it answers.',
  capability: 'pushedPriceLists',
  request: z.object({ revision: contentHash }),
  response: z.object({ revision: contentHash }),
});
