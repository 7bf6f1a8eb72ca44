import type { z } from 'zod';
import { addCredit } from './add-credit.ts';
import { cancelOrder } from './cancel-order.ts';
import { correctInvoiceLine } from './correct-invoice-line.ts';
import { checkPrices } from './check-prices.ts';
import { describe } from './describe.ts';
import { findOrder } from './find-order.ts';
import { issueInvoice } from './issue-invoice.ts';
import { linkTicket } from './link-ticket.ts';
import { listClients } from './list-clients.ts';
import { listInvoices } from './list-invoices.ts';
import { listOrders } from './list-orders.ts';
import { listPaymentMethods } from './list-payment-methods.ts';
import { listServices } from './list-services.ts';
import { listTickets } from './list-tickets.ts';
import { pinService } from './pin-service.ts';
import { placeOrder } from './place-order.ts';
import { publishLocks } from './publish-locks.ts';
import { publishPrices } from './publish-prices.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readChanges } from './read-changes.ts';
import { readCredit } from './read-credit.ts';
import { readDifferences } from './read-differences.ts';
import { readIncome } from './read-income.ts';
import { sendNotice } from './send-notice.ts';

/** Every call of the host port, by its name. Over HTTP a call is POST /bridge/v1/<name>. */
export const calls = {
  describe,
  'catalogue.read': readCatalogue,
  'clients.list': listClients,
  'paymentMethods.list': listPaymentMethods,
  'orders.place': placeOrder,
  'orders.find': findOrder,
  'orders.list': listOrders,
  'orders.cancel': cancelOrder,
  'services.list': listServices,
  'services.pin': pinService,
  'invoices.issue': issueInvoice,
  'invoices.list': listInvoices,
  'invoices.correctLine': correctInvoiceLine,
  'credit.read': readCredit,
  'credit.add': addCredit,
  'income.read': readIncome,
  'tickets.list': listTickets,
  'tickets.link': linkTicket,
  'notices.send': sendNotice,
  'changes.read': readChanges,
  'prices.check': checkPrices,
  'prices.publish': publishPrices,
  'locks.publish': publishLocks,
  'differences.read': readDifferences,
} as const;

export type CallName = keyof typeof calls;
export type CallRequest<Name extends CallName> = z.input<(typeof calls)[Name]['request']>;
export type CallResponse<Name extends CallName> = z.infer<(typeof calls)[Name]['response']>;
export const callNames = Object.keys(calls) as CallName[];

/**
 * The host as the plugin sees it: one function per call. `parsed` requests arrive with their defaults filled in.
 * Every function may throw HostError.
 */
export type HostPort = {
  [Name in CallName]: (request: z.infer<(typeof calls)[Name]['request']>) => Promise<CallResponse<Name>>;
};
