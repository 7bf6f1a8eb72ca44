import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { priceLock } from '../objects/lock.ts';

/** Writes price locks into the own table of the bridge; the newer lock of a service wins. */
export const publishLocks = defineCall({
  name: 'locks.publish',
  about: 'Writes price locks into the own table of the bridge; the newer lock of a service wins.',
  capability: null,
  request: z.object({ locks: z.array(priceLock).max(500) }),
  response: z.object({ written: z.int() }),
});
