import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostService } from '../objects/service.ts';
import { priceLock } from '../objects/lock.ts';
import { hostId } from '../objects/primitives.ts';

/** Sets the recurring amount of a service and its lock. */
export const pinService = defineCall({
  name: 'services.pin',
  about: 'Sets the recurring amount of a service and its lock.',
  capability: null,
  request: z.object({ serviceId: hostId, lock: priceLock, reason: z.string().max(300) }),
  response: z.object({ service: hostService }),
});
