import type { HostEvent, HostInvoice, InvoiceLine } from '../../hooks/contract/index.ts';
import { createKeys } from '../../hooks/transport/keys.ts';
import type { ServiceContext } from '../../server/context.ts';
import { syncCatalogue } from '../../server/modules/catalogue/sync.ts';
import { receiveEvent } from '../../server/modules/intake/receive.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { getReseller } from '../../server/modules/reseller/get.ts';
import type { ResellerRow, ResellerStatus } from '../../server/modules/reseller/schemas.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { adminPermissions, hostPermissions, type Permission, resellerPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { createService, type Service, systemActor } from '../../server/service.ts';
import { catalogueHost, makeCatalogue } from './catalogue-host.ts';
import { freshDatabase } from './database.ts';

interface Charge {
  net: string;
  currency?: string;
  kind?: InvoiceLine['kind'];
  occasion?: InvoiceLine['occasion'];
}

/** A service of its own at a host that only has a catalogue, with a clock and payments in the test's hands. */
export interface Programme {
  service: Service;
  /** The service's clock. */
  setClock(moment: string): void;
  /** What one US dollar buys, as the host says from the next reading on; it says nothing before. */
  setRates(rates: Record<string, string>): Promise<void>;
  admin(permissions?: Iterable<Permission>): ServiceContext;
  system(): ServiceContext;
  as(reseller: Pick<ResellerRow, 'id'>): ServiceContext;
  newReseller(terms?: { tierId?: string; ownDiscountBp?: number | null; company?: string }): Promise<ResellerRow>;
  row(id: string): Promise<ResellerRow>;
  /** Books a paid invoice at the clock's moment, and answers its id. */
  pay(reseller: Pick<ResellerRow, 'hostClientId'>, ...charges: Charge[]): Promise<string>;
  /** Gives a paid invoice back as a whole, at the clock's moment. */
  refund(invoiceId: string): Promise<void>;
  owe(reseller: Pick<ResellerRow, 'hostClientId'>, total: string, dueOn: string, currency?: string): Promise<void>;
  /** A service of the reseller in this state, as the host reports it. */
  serve(
    reseller: Pick<ResellerRow, 'hostClientId'>,
    id: string,
    status: 'pending' | 'active' | 'suspended' | 'cancelled',
  ): Promise<void>;
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startProgramme(moment = '2027-03-10T12:00:00Z'): Promise<Programme> {
  let now = new Date(moment);
  let rates: { currency: string; rate: string }[] | undefined;
  const catalogue = makeCatalogue(2);
  catalogue.catalogue.currencies.push({ code: 'EUR', digits: 2 }, { code: 'JPY', digits: 0 });
  const host = catalogueHost({ current: catalogue });
  const describe = host.describe;
  const told = new Proxy(host, {
    get: (target, name: keyof typeof host) =>
      name === 'describe' ? async () => ({ ...(await describe({})), rates }) : target[name],
  });
  const service = await createService({
    databaseUrl: await freshDatabase(),
    keys: createKeys(),
    host: told,
    log: createLog(process.env['TEST_LOG'] ?? 'silent'),
    hostOrigin: 'http://127.0.0.1',
    workers: false,
    now: () => now,
  });
  const system = () => service.context(systemActor);
  await syncCatalogue(system(), {});
  const admin = (permissions: Iterable<Permission> = adminPermissions) =>
    service.context({ kind: 'admin', id: 'admin:test', name: 'Test admin', permissions: new Set(permissions) });
  const paid = new Map<string, HostInvoice>();
  let number = 0;
  const at = () => `${now.toISOString().slice(0, 19)}Z`;
  const deliver = async (event: object) => {
    const hostContext = service.context({ kind: 'host', id: 'host', name: 'host', permissions: hostPermissions });
    const { outcome } = await receiveEvent(hostContext, { event: event as HostEvent });
    if (outcome !== 'applied') throw new Error(`The event was ${outcome}.`);
  };
  const invoiceOf = (clientId: string, charges: Charge[]): HostInvoice => {
    const id = `inv-${(number += 1)}`;
    const currency = charges[0]?.currency ?? 'USD';
    return {
      id,
      number: id,
      clientId,
      orderId: null,
      status: 'unpaid',
      money: { currency, digits: currency === 'JPY' ? 0 : 2, tax: 'net' },
      total: charges.length === 1 ? charges[0]!.net : '0.00',
      issuedAt: at(),
      dueOn: at().slice(0, 10),
      paidAt: null,
      lines: charges.map(({ net, kind = 'product', occasion = 'new' }, index) => ({
        id: `${id}-${index}`,
        kind,
        title: kind,
        orderId: null,
        serviceId: null,
        product: 'product-0',
        occasion,
        quantity: 1,
        unitPrice: net,
        amount: net,
        net,
        prorated: null,
      })),
    };
  };
  const event = (type: string, aggregate: object, data: object) => ({
    id: `evt_number_${(number += 1)}`,
    type,
    contract: '1.0',
    occurredAt: at(),
    aggregate,
    data,
  });
  return {
    service,
    setClock: (next) => {
      now = new Date(next);
    },
    setRates: async (next) => {
      rates = Object.entries(next).map(([currency, rate]) => ({ currency, rate }));
      await syncCatalogue(system(), {});
    },
    admin,
    system,
    as: ({ id }) =>
      service.context({
        kind: 'reseller',
        id: `client:${id}`,
        name: 'Test reseller',
        resellerId: id,
        permissions: resellerPermissions,
      }),
    newReseller: ({ tierId, ownDiscountBp = null, company } = {}) => {
      const hostClientId = `client-${(number += 1)}`;
      return createReseller(admin(), {
        hostClientId,
        company: company ?? hostClientId,
        ownDiscountBp,
        ...(tierId ? { tierId } : {}),
      });
    },
    row: (id) => getReseller(admin(), { id }),
    pay: async ({ hostClientId }, ...charges) => {
      const invoice: HostInvoice = { ...invoiceOf(hostClientId, charges), status: 'paid', paidAt: at() };
      paid.set(invoice.id, invoice);
      const payment = { id: `pay-${invoice.id}`, at: at(), method: 'card' };
      await deliver(event('invoice.paid', { type: 'invoice', id: invoice.id, version: 2 }, { invoice, payment }));
      return invoice.id;
    },
    refund: async (invoiceId) => {
      const invoice = { ...paid.get(invoiceId)!, status: 'refunded' as const };
      const refund = { id: `ref-${invoiceId}`, at: at(), amount: invoice.total, lines: null };
      await deliver(event('invoice.refunded', { type: 'invoice', id: invoiceId, version: 3 }, { invoice, refund }));
    },
    owe: async ({ hostClientId }, total, dueOn, currency = 'USD') => {
      const invoice = { ...invoiceOf(hostClientId, [{ net: total, currency }]), dueOn };
      await deliver(event('invoice.issued', { type: 'invoice', id: invoice.id, version: 1 }, { invoice }));
    },
    serve: async ({ hostClientId }, id, status) => {
      const running = {
        id,
        orderId: `order-${id}`,
        clientId: hostClientId,
        product: 'product-0',
        title: 'Product',
        domain: null,
        status,
        term: '1M',
        money: { currency: 'USD', digits: 2, tax: 'net' },
        quantity: 1,
        options: {},
        recurring: '9.00',
        nextDueOn: null,
        createdAt: at(),
        lock: null,
      };
      await deliver(event('service.changed', { type: 'service', id, version: (number += 1) }, { service: running }));
    },
    sql: (text, values = []) => service.orm.em.fork().execute(text, values),
    stop: () => service.stop(),
  };
}

/** The provider gives a reseller a status. */
export async function become(
  it: Programme,
  { id }: Pick<ResellerRow, 'id'>,
  status: ResellerStatus,
  more: object = {},
): Promise<void> {
  const { version } = await it.row(id);
  await setStatus(it.admin(), { id, version, status, publicReason: 'Please call us', ...more });
}
