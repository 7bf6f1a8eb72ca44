import { HostError, type CallResponse, type HostPort } from '../../contract/index.ts';
import { createApi } from './api-client.ts';
import { createCallBudget, type BudgetLimits } from './call-budget.ts';
import { cancelOrder } from './cancel-order.ts';
import { fossbillingCatalogue } from './catalogue.ts';
import { listClients } from './clients.ts';
import { correctInvoiceLine } from './correct-line.ts';
import { addCredit, readCredit } from './credit.ts';
import { createDescribe } from './describe.ts';
import { fossbillingDisplay } from './display.ts';
import { findOrder } from './find-order.ts';
import type { FossbillingHost } from './host.ts';
import { createZoneReader } from './host-moments.ts';
import { createIncomeReader } from './income.ts';
import { issueInvoice } from './issue-invoice.ts';
import { listInvoices } from './list-invoices.ts';
import { listOrders } from './list-orders.ts';
import { listServices } from './list-services.ts';
import { listPaymentMethods } from './payment-methods.ts';
import type { SignedCaller } from './module-caller.ts';
import { pinService } from './pin-service.ts';
import { placeOrder } from './place-order.ts';
import { createAddonSetting } from './row-groups.ts';
import { createRowIndex } from './row-index.ts';
import { createShopReader } from './shop.ts';
import { linkTicket, listTickets } from './tickets.ts';

/** How to reach a FOSSBilling. */
export interface FossbillingHostOptions {
  /** Address of the host, e.g. https://billing.example. */
  baseUrl: string;
  /** API token of a staff member who may use the modules order, invoice, client, product, currency and support. */
  staffToken: string;
  /** Our module in the host (createSignedCaller); null where only the host's own API is there. */
  module?: SignedCaller | null;
  /** IANA zone in which the provider bills and the host writes its moments, which the API does not tell. Default UTC; the module's word comes first. */
  zone?: string;
  budget?: BudgetLimits;
  fetch?: typeof globalThis.fetch;
  /** The clock in UTC milliseconds. */
  now?: () => number;
}

/**
 * A FOSSBilling as the plugin sees it: its documented API, and our module's signed routes for what the API lacks (price
 * lists, locks, events). FOSSBilling knows no versions of its objects; who needs an order of changes takes `updated_at`,
 * in seconds. Calls throw HostError.
 */
export function createFossbillingHostPort(options: FossbillingHostOptions): HostPort {
  const { baseUrl, staffToken, zone = 'UTC', now = Date.now } = options;
  const web = { now, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) };
  const module = options.module ?? null;
  const zoned = { zone: createZoneReader(module, zone, now), ...web };
  const api = createApi({ baseUrl, staffToken, budget: createCallBudget(options.budget, now), ...zoned });
  const shared = {
    rows: createRowIndex(api),
    addonsShown: createAddonSetting(now),
    readShop: createShopReader(api, now),
  };
  const host: FossbillingHost = { api, module, zone, ...shared };
  return { ...ordersOf(host), ...restOf(host, now), ...moduleCalls(module) };
}

function ordersOf(host: FossbillingHost) {
  return {
    'orders.place': async (request) => ({ order: await placeOrder(host, request) }),
    'orders.find': async ({ reference }) => ({ order: await findOrder(host, reference) }),
    'orders.list': (request) => listOrders(host, request),
    'orders.cancel': async (request) => ({ order: await cancelOrder(host, request) }),
    'services.list': (request) => listServices(host, request),
    'services.pin': async (request) => ({ service: await pinService(host, request) }),
    'invoices.issue': async (request) => ({ invoice: await issueInvoice(host, request) }),
    'invoices.list': (request) => listInvoices(host, request),
    'invoices.correctLine': async (request) => ({ invoice: await correctInvoiceLine(host, request) }),
  } satisfies Partial<HostPort>;
}

function restOf(host: FossbillingHost, now: () => number) {
  const describe = createDescribe(host, now);
  const readIncome = createIncomeReader(host.api, now);
  return {
    describe: ({ fresh }) => describe(fresh),
    'catalogue.read': async () => {
      const shop = await host.readShop(0);
      return {
        catalogue: fossbillingCatalogue(shop.products, shop.currencies),
        display: fossbillingDisplay(shop),
      };
    },
    'clients.list': (request) => listClients(host, request),
    'paymentMethods.list': ({ clientId }) => listPaymentMethods(host, clientId),
    'credit.read': ({ clientId }) => readCredit(host, clientId),
    'credit.add': (request) => addCredit(host, request),
    'income.read': (request) =>
      better(host, 'income.read', request, async () => readIncome(request, (await describe()).zone)),
    'tickets.list': (request) => better(host, 'tickets.list', request, () => listTickets(host, request)),
    'tickets.link': (request) => better(host, 'tickets.link', request, () => linkTicket(host, request)),
    // email/send would do it, for a token that may write to anybody in the provider's name: a right we do not ask for.
    'notices.send': () => Promise.reject(new HostError('not_supported', 'Set up SMTP: this host sends no notices.')),
  } satisfies Partial<HostPort>;
}

/** Our module's answer, which costs none of the host's calls; the API's where there is no module, or an older one. */
async function better<Name extends 'income.read' | 'tickets.list' | 'tickets.link'>(
  { module }: FossbillingHost,
  name: Name,
  request: Parameters<HostPort[Name]>[0],
  overApi: () => Promise<CallResponse<Name>>,
): Promise<CallResponse<Name>> {
  if (module === null) return overApi();
  const ask = module[name] as (request: Parameters<HostPort[Name]>[0]) => Promise<CallResponse<Name>>;
  try {
    return await ask(request);
  } catch (error) {
    if (error instanceof HostError && error.code === 'not_supported') return overApi();
    throw error;
  }
}

/** Without the module nothing is kept in the host, and nothing tells: reconcile finds by lists what events would say. */
function moduleCalls(module: SignedCaller | null) {
  const lacking = () => Promise.reject(new HostError('not_supported', 'This needs our module in the host.'));
  return {
    'changes.read': module?.['changes.read'] ?? (async ({ cursor }) => ({ events: [], cursor })),
    'prices.check': module?.['prices.check'] ?? lacking,
    'prices.publish': module?.['prices.publish'] ?? lacking,
    'locks.publish': module?.['locks.publish'] ?? lacking,
    'differences.read': module?.['differences.read'] ?? lacking,
  } satisfies Partial<HostPort>;
}
