import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostClient } from '../objects/client.ts';
import { hostId } from '../objects/primitives.ts';

/** Client accounts, found by id or by a text in name, company or e-mail. */
export const listClients = defineCall({
  name: 'clients.list',
  about: 'Client accounts, found by id or by a text in name, company or e-mail.',
  capability: null,
  request: z.object({
    ids: z.array(hostId).max(500).optional(),
    search: z.string().max(100).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  response: z.object({ clients: z.array(hostClient), cursor: z.string().nullable() }),
});
