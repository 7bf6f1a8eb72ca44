import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostClient } from '../objects/client.ts';

/** A client account was closed or deleted in the host. */
export const clientClosed = defineEvent({
  type: 'client.closed',
  nature: 'state',
  about: 'A client account was closed or deleted in the host.',
  data: z.object({ client: hostClient }),
});
