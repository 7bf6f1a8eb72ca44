import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostTicket } from '../objects/ticket.ts';

/** A ticket was answered or closed. */
export const ticketUpdated = defineEvent({
  type: 'ticket.updated',
  nature: 'state',
  about: 'A ticket was answered or closed.',
  data: z.object({ ticket: hostTicket }),
});
