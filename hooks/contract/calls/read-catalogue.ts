import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { catalogueDisplay } from '../objects/catalogue-display.ts';
import { catalogue } from '../formats/catalogue.ts';

/** The whole catalogue with retail prices, and the words and fields that screens show. */
export const readCatalogue = defineCall({
  name: 'catalogue.read',
  about: 'The whole catalogue with retail prices, and the words and fields that screens show.',
  capability: null,
  request: z.object({}),
  response: z.object({ catalogue, display: catalogueDisplay }),
});
