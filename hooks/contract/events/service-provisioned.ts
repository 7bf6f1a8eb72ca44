import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A service was set up and runs. */
export const serviceProvisioned = defineEvent({
  type: 'service.provisioned',
  nature: 'state',
  about: 'A service was set up and runs.',
  data: z.object({ service: hostService }),
});
