import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A service was cancelled or terminated. */
export const serviceTerminated = defineEvent({
  type: 'service.terminated',
  nature: 'state',
  about: 'A service was cancelled or terminated.',
  data: z.object({ service: hostService }),
});
