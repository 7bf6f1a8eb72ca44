import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** Setting up a service failed. */
export const serviceFailed = defineEvent({
  type: 'service.failed',
  nature: 'state',
  about: 'Setting up a service failed.',
  data: z.object({ service: hostService }),
});
