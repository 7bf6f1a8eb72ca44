import type { EventType } from '../contract/index.ts';
import { onCatalogueChanged } from './catalogue-changed.ts';
import { onClientClosed } from './client-closed.ts';
import { onClientCreated } from './client-created.ts';
import { onClientUpdated } from './client-updated.ts';
import type { LifecycleHandler } from './handler.ts';
import { onInvoiceCancelled } from './invoice-cancelled.ts';
import { onInvoiceIssued } from './invoice-issued.ts';
import { onInvoicePaid } from './invoice-paid.ts';
import { onInvoiceRefunded } from './invoice-refunded.ts';
import { onOrderCancelled } from './order-cancelled.ts';
import { onOrderCreated } from './order-created.ts';
import { onServiceChanged } from './service-changed.ts';
import { onServiceFailed } from './service-failed.ts';
import { onServiceProvisioned } from './service-provisioned.ts';
import { onServiceRenewed } from './service-renewed.ts';
import { onServiceSuspended } from './service-suspended.ts';
import { onServiceTerminated } from './service-terminated.ts';
import { onServiceUnsuspended } from './service-unsuspended.ts';
import { onTicketOpened } from './ticket-opened.ts';
import { onTicketUpdated } from './ticket-updated.ts';

/** Which handler takes which event. The type makes a missing one an error. */
export const handlers: { [Type in EventType]: LifecycleHandler<Type> } = {
  'client.created': onClientCreated,
  'client.updated': onClientUpdated,
  'client.closed': onClientClosed,
  'catalogue.changed': onCatalogueChanged,
  'order.created': onOrderCreated,
  'order.cancelled': onOrderCancelled,
  'invoice.issued': onInvoiceIssued,
  'invoice.cancelled': onInvoiceCancelled,
  'invoice.paid': onInvoicePaid,
  'invoice.refunded': onInvoiceRefunded,
  'service.provisioned': onServiceProvisioned,
  'service.failed': onServiceFailed,
  'service.suspended': onServiceSuspended,
  'service.unsuspended': onServiceUnsuspended,
  'service.terminated': onServiceTerminated,
  'service.renewed': onServiceRenewed,
  'service.changed': onServiceChanged,
  'ticket.opened': onTicketOpened,
  'ticket.updated': onTicketUpdated,
};
