import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A service was suspended. */
export const serviceSuspended = defineEvent({
  type: 'service.suspended',
  nature: 'state',
  about: 'A service was suspended.',
  data: z.object({ service: hostService }),
});
