import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostClient } from '../objects/client.ts';

/** A client account was opened in the host. */
export const clientCreated = defineEvent({
  type: 'client.created',
  nature: 'state',
  about: 'A client account was opened in the host.',
  data: z.object({ client: hostClient }),
});
