import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostClient } from '../objects/client.ts';

/** A client account was changed in the host. */
export const clientUpdated = defineEvent({
  type: 'client.updated',
  nature: 'state',
  about: 'A client account was changed in the host.',
  data: z.object({ client: hostClient }),
});
