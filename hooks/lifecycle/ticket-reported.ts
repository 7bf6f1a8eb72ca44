import type { EventType } from '../contract/index.ts';
import { findByHostClient } from '../../server/modules/reseller/find-by-host-client.ts';
import type { LifecycleHandler } from './handler.ts';

type TicketEvent = Extract<EventType, `ticket.${string}`>;

/** Tickets stay in the host and are listed from there; the inbox keeps that one came, for whoever watches. */
export const onTicketReported: LifecycleHandler<TicketEvent> = async (ctx, { data }) =>
  (await findByHostClient(ctx.em, data.ticket.clientId)) !== null;
