import { onTicketReported } from './ticket-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A ticket of a client of ours was answered or closed. */
export const onTicketUpdated: LifecycleHandler<'ticket.updated'> = onTicketReported;
