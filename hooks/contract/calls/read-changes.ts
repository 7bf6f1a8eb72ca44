import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostEvent } from '../events/index.ts';

/** Events since a cursor, for reconcile and for hosts that cannot push. Empty cursor: from the first kept one. */
export const readChanges = defineCall({
  name: 'changes.read',
  about: 'Events since a cursor, for reconcile and for hosts that cannot push. Empty cursor: from the first kept one.',
  capability: null,
  request: z.object({ cursor: z.string().max(200), limit: z.int().min(1).max(500).default(200) }),
  response: z.object({ events: z.array(hostEvent), cursor: z.string() }),
});
