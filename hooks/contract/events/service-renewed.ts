import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A service was renewed for another term. */
export const serviceRenewed = defineEvent({
  type: 'service.renewed',
  nature: 'state',
  about: 'A service was renewed for another term.',
  data: z.object({ service: hostService }),
});
