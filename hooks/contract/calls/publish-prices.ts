import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { contentHash } from '../objects/primitives.ts';

/** Tells the bridge that the price index changed; it pulls what it lacks before it answers. */
export const publishPrices = defineCall({
  name: 'prices.publish',
  about: 'Tells the bridge that the price index changed; it pulls what it lacks before it answers.',
  capability: 'pushedPriceLists',
  request: z.object({ revision: contentHash }),
  response: z.object({ revision: contentHash }),
});
