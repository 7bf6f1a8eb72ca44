import { z } from 'zod';
import { defineCall } from '../define-call.ts';
import { hostTicket } from '../objects/ticket.ts';
import { hostId } from '../objects/primitives.ts';

/** Links a ticket to a service or order of the same client. */
export const linkTicket = defineCall({
  name: 'tickets.link',
  about: 'Links a ticket to a service or order of the same client.',
  capability: 'tickets',
  request: z.object({ ticketId: hostId, serviceId: hostId.nullable(), orderId: hostId.nullable() }),
  response: z.object({ ticket: hostTicket }),
});
