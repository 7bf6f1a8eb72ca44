import { z } from 'zod';
import { catalogueChanged } from './catalogue-changed.ts';
import { clientClosed } from './client-closed.ts';
import { clientCreated } from './client-created.ts';
import { clientUpdated } from './client-updated.ts';
import { invoiceCancelled } from './invoice-cancelled.ts';
import { invoiceIssued } from './invoice-issued.ts';
import { invoicePaid } from './invoice-paid.ts';
import { invoiceRefunded } from './invoice-refunded.ts';
import { orderCancelled } from './order-cancelled.ts';
import { orderCreated } from './order-created.ts';
import { serviceChanged } from './service-changed.ts';
import { serviceFailed } from './service-failed.ts';
import { serviceProvisioned } from './service-provisioned.ts';
import { serviceRenewed } from './service-renewed.ts';
import { serviceSuspended } from './service-suspended.ts';
import { serviceTerminated } from './service-terminated.ts';
import { serviceUnsuspended } from './service-unsuspended.ts';
import { ticketOpened } from './ticket-opened.ts';
import { ticketUpdated } from './ticket-updated.ts';

/** Every event of the contract, by its type. */
export const events = {
  'client.created': clientCreated,
  'client.updated': clientUpdated,
  'client.closed': clientClosed,
  'catalogue.changed': catalogueChanged,
  'order.created': orderCreated,
  'order.cancelled': orderCancelled,
  'invoice.issued': invoiceIssued,
  'invoice.cancelled': invoiceCancelled,
  'invoice.paid': invoicePaid,
  'invoice.refunded': invoiceRefunded,
  'service.provisioned': serviceProvisioned,
  'service.failed': serviceFailed,
  'service.suspended': serviceSuspended,
  'service.unsuspended': serviceUnsuspended,
  'service.terminated': serviceTerminated,
  'service.renewed': serviceRenewed,
  'service.changed': serviceChanged,
  'ticket.opened': ticketOpened,
  'ticket.updated': ticketUpdated,
} as const;

export type EventType = keyof typeof events;
export type EventOf<Type extends EventType> = z.infer<(typeof events)[Type]['envelope']>;
export type HostEvent = { [Type in EventType]: EventOf<Type> }[EventType];
export type EventData<Type extends EventType> = EventOf<Type>['data'];

const envelopes = Object.values(events).map((event) => event.envelope);

/** Any event of the contract; unknown fields are dropped, an unknown type is refused. */
export const hostEvent = z.discriminatedUnion(
  'type',
  envelopes as unknown as [(typeof envelopes)[number], ...(typeof envelopes)[number][]],
) as z.ZodType<HostEvent>;

export const eventTypes = Object.keys(events) as EventType[];
