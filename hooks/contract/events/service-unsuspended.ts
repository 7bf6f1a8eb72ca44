import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A suspended service runs again. */
export const serviceUnsuspended = defineEvent({
  type: 'service.unsuspended',
  nature: 'state',
  about: 'A suspended service runs again.',
  data: z.object({ service: hostService }),
});
