import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostService } from '../objects/service.ts';

/** A service was changed by hand or by an upgrade. */
export const serviceChanged = defineEvent({
  type: 'service.changed',
  nature: 'state',
  about: 'A service was changed by hand or by an upgrade.',
  data: z.object({ service: hostService }),
});
