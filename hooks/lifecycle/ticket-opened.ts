import { onTicketReported } from './ticket-reported.ts';
import type { LifecycleHandler } from './handler.ts';

/** A client of ours opened a ticket in the host. */
export const onTicketOpened: LifecycleHandler<'ticket.opened'> = onTicketReported;
