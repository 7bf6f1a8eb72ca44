import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { hostTicket } from '../objects/ticket.ts';

/** A client opened a ticket. */
export const ticketOpened = defineEvent({
  type: 'ticket.opened',
  nature: 'state',
  about: 'A client opened a ticket.',
  data: z.object({ ticket: hostTicket }),
});
