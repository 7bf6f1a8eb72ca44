import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostService } from '../objects/service.ts';
import { hostId } from '../objects/primitives.ts';

/** Services of the given clients with the recurring amount the host will invoice, and the lock it keeps. */
export const listServices = defineCall({
  name: 'services.list',
  about: 'Services of the given clients with the recurring amount the host will invoice, and the lock it keeps.',
  capability: null,
  request: z.object({
    clientIds: z.array(hostId).max(500),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  response: z.object({ services: z.array(hostService), cursor: z.string().nullable() }),
});
