import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostTicket } from '../objects/ticket.ts';
import { hostId } from '../objects/primitives.ts';

/** Tickets of a client, newest first. */
export const listTickets = defineCall({
  name: 'tickets.list',
  about: 'Tickets of a client, newest first.',
  capability: 'tickets',
  request: z.object({ clientId: hostId, limit: z.int().min(1).max(200).default(50) }),
  response: z.object({ tickets: z.array(hostTicket) }),
});
