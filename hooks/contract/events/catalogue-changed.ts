import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostId } from '../objects/primitives.ts';

/** Products or their prices changed; products null means any of them. */
export const catalogueChanged = defineEvent({
  type: 'catalogue.changed',
  nature: 'state',
  about: 'Products or their prices changed; products null means any of them.',
  data: z.object({ products: z.array(hostId).nullable() }),
});
