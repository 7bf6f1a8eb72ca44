import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventOf, HostInvoice, HostOrder } from '../../hooks/contract/index.ts';
import { createKeys } from '../../hooks/transport/keys.ts';
import { takeIn } from '../../server/modules/intake/take-in.ts';
import { createReseller } from '../../server/modules/reseller/create.ts';
import { hostPermissions, systemPermissions } from '../../server/permissions.ts';
import { createLog } from '../../server/platform/log.ts';
import { createService, type Service } from '../../server/service.ts';
import { catalogueHost, makeCatalogue } from '../support/catalogue-host.ts';
import { freshDatabase } from '../support/database.ts';

let service: Service;
beforeAll(async () => {
  service = await createService({
    databaseUrl: await freshDatabase(),
    keys: createKeys(),
    host: catalogueHost({ current: makeCatalogue(1) }),
    log: createLog('silent'),
    hostOrigin: 'http://127.0.0.1',
    workers: false,
  });
});
afterAll(() => service.stop());

const host = () => service.context({ kind: 'host', id: 'host', name: 'host', permissions: hostPermissions });
const deliver = (events: object[]) => takeIn(host, events as { id: string }[]);
let clients = 0;

async function newReseller(): Promise<{ id: string; clientId: string }> {
  const clientId = `client-${++clients}`;
  const admin = service.context({ kind: 'admin', id: 'admin:1', name: 'A', permissions: systemPermissions });
  return { ...(await createReseller(admin, { hostClientId: clientId, company: clientId })), clientId };
}

function invoiceOf(clientId: string, status: HostInvoice['status'], id = `inv-${clientId}`): HostInvoice {
  const line = (number: number, kind: 'product' | 'setup' | 'fee', net: string) => ({
    id: `${id}-${number}`,
    kind,
    title: kind,
    orderId: 'o',
    serviceId: kind === 'fee' ? null : 's',
    product: 'p',
    occasion: 'new' as const,
    quantity: 1,
    unitPrice: net,
    amount: net,
    net,
    prorated: null,
  });
  return {
    id,
    number: id,
    clientId,
    orderId: null,
    status,
    money: { currency: 'USD', digits: 2, tax: 'net' },
    total: '20.40',
    issuedAt: '2027-01-01T00:00:00Z',
    dueOn: '2027-01-14',
    paidAt: null,
    lines: [line(1, 'product', '12.40'), line(2, 'setup', '5.00'), line(3, 'fee', '3.00')],
  };
}

const paid = (clientId: string, version = 2, payment = 'pay-1', id?: string): EventOf<'invoice.paid'> => ({
  id: `evt_${clientId}_paid_${payment}_${id ?? ''}`,
  type: 'invoice.paid',
  contract: '1.0',
  occurredAt: '2027-01-02T10:00:00Z',
  aggregate: { type: 'invoice', id: id ?? `inv-${clientId}`, version },
  data: {
    invoice: invoiceOf(clientId, 'paid', id),
    payment: { id: `${payment}-${clientId}`, at: '2027-01-02T10:00:00Z', method: 'card' },
  },
});
const refunded = (
  clientId: string,
  version: number,
  refund: string,
  amount: string,
  status: HostInvoice['status'] = 'part_refunded',
): EventOf<'invoice.refunded'> => ({
  id: `evt_${clientId}_refund_${refund}`,
  type: 'invoice.refunded',
  contract: '1.0',
  occurredAt: '2027-01-03T10:00:00Z',
  aggregate: { type: 'invoice', id: `inv-${clientId}`, version },
  data: {
    invoice: invoiceOf(clientId, status),
    refund: { id: `${refund}-${clientId}`, at: '2027-01-03T10:00:00Z', amount, lines: null },
  },
});
const issued = (clientId: string): EventOf<'invoice.issued'> => ({
  id: `evt_${clientId}_issued`,
  type: 'invoice.issued',
  contract: '1.0',
  occurredAt: '2027-01-01T00:00:00Z',
  aggregate: { type: 'invoice', id: `inv-${clientId}`, version: 1 },
  data: { invoice: invoiceOf(clientId, 'unpaid') },
});

const order = (clientId: string, status: HostOrder['status']): EventOf<'order.created'> => ({
  id: `evt_${clientId}_order_${status}`,
  type: 'order.created',
  contract: '1.0',
  occurredAt: '2027-01-01T00:00:00Z',
  aggregate: { type: 'order', id: `ord-${clientId}`, version: 1 },
  data: {
    order: {
      id: `ord-${clientId}`,
      clientId,
      reference: null,
      status,
      createdAt: '2027-01-01T00:00:00Z',
      money: { currency: 'USD', digits: 2, tax: 'net' },
      coupon: null,
      note: null,
      customer: null,
      lines: [],
      invoiceId: `inv-${clientId}`,
      placedBy: 'shop',
      stamp: null,
      locks: [],
    },
  },
});
/** The entries of a reseller that a report of the host left, oldest first. */
async function logged(resellerId: string): Promise<string[]> {
  const rows = await service.orm.em
    .fork()
    .execute<{ action: string }[]>(
      `select action from activity where reseller_id = ? and actor ->> 'kind' = 'host' order by sequence`,
      [resellerId],
    );
  return rows.map(({ action }) => action);
}

async function revenue(resellerId: string): Promise<{ ledger: bigint; rollup: bigint }> {
  const [row] = await service.orm.em.fork().execute<{ ledger: string; rollup: string }[]>(
    `select coalesce((select sum(amount) from ledger where reseller_id = ?), 0)::text as ledger,
            coalesce((select sum(amount) from revenue_rollup where reseller_id = ?), 0)::text as rollup`,
    [resellerId, resellerId],
  );
  return { ledger: BigInt(row!.ledger), rollup: BigInt(row!.rollup) };
}

test('a paid invoice books its product and setup lines, not its late fee, in ledger and rollup alike', async () => {
  const { id, clientId } = await newReseller();
  expect(await deliver([paid(clientId)])).toMatchObject([{ outcome: 'applied' }]);
  expect(await revenue(id)).toEqual({ ledger: 1740n, rollup: 1740n });
});

test('the same event, and the same fact in another event, count once', async () => {
  const { id, clientId } = await newReseller();
  await deliver([paid(clientId), paid(clientId)]);
  expect(await deliver([paid(clientId)])).toMatchObject([{ outcome: 'duplicate' }]);
  await deliver([{ ...paid(clientId), id: `evt_${clientId}_again` }]);
  expect(await revenue(id)).toEqual({ ledger: 1740n, rollup: 1740n });
});

test('an older state is dropped, an older fact is booked', async () => {
  const { id, clientId } = await newReseller();
  await deliver([refunded(clientId, 3, 'r1', '20.40', 'refunded')]);
  expect(await deliver([issued(clientId)])).toMatchObject([{ outcome: 'stale' }]);
  expect(await deliver([paid(clientId)])).toMatchObject([{ outcome: 'applied' }]);
  expect(await revenue(id)).toEqual({ ledger: 0n, rollup: 0n });
  const [invoice] = await service.orm.em
    .fork()
    .execute<{ status: string }[]>('select status from invoice where host_invoice_id = ?', [`inv-${clientId}`]);
  expect(invoice?.status).toBe('refunded');
});

test('payment and refunds end at the same revenue in every order of arrival, with repetitions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8, maxLength: 8 }), async (order) => {
      const { id, clientId } = await newReseller();
      const events = [
        issued(clientId),
        paid(clientId),
        refunded(clientId, 3, 'r1', '6.80'),
        refunded(clientId, 4, 'r2', '3.40'),
      ];
      for (const index of order) await deliver([events[index]!]);
      // 6.80 and 3.40 of 20.40 fall to 17.40 of revenue as 5.80 and 2.90.
      expect(await revenue(id)).toEqual({ ledger: 870n, rollup: 870n });
    }),
    { numRuns: 25 },
  );
});

test('many deliveries at once of one fact book it once', async () => {
  const { id, clientId } = await newReseller();
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => deliver([{ ...paid(clientId), id: `evt_${clientId}_${index}` }])),
  );
  expect(await revenue(id)).toEqual({ ledger: 1740n, rollup: 1740n });
});

test('many payments of one day at once add up in the rollup', async () => {
  const { id, clientId } = await newReseller();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => deliver([paid(clientId, 2, `pay-${index}`, `inv-${clientId}-${index}`)])),
  );
  expect(await revenue(id)).toEqual({ ledger: 34_800n, rollup: 34_800n });
});

test('an event that does not fit is kept aside with its reason, and the others of the delivery are applied', async () => {
  const { id, clientId } = await newReseller();
  const broken = { ...paid(clientId), id: `evt_${clientId}_broken`, data: { invoice: { id: 'x' } } };
  const results = await deliver([broken, paid(clientId), { id: 'evt_of_tomorrow', type: 'invoice.teleported' }]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['parked', 'applied', 'parked']);
  expect(results[0]?.message).toContain('/data/invoice');
  expect(await revenue(id)).toEqual({ ledger: 1740n, rollup: 1740n });
});

test('unknown fields of a newer bridge do no harm, and a stranger’s invoice is nobody’s revenue', async () => {
  const { id, clientId } = await newReseller();
  const newer = { ...paid(clientId), mood: 'good', data: { ...paid(clientId).data, weather: { sun: true } } };
  expect(await deliver([newer])).toMatchObject([{ outcome: 'applied' }]);
  expect(await deliver([paid('nobody')])).toMatchObject([{ outcome: 'applied' }]);
  expect((await revenue(id)).ledger).toBe(1740n);
});

test('what the host reports is in the log of its reseller, under the name of the host, once', async () => {
  const { id, clientId } = await newReseller();
  const events = [issued(clientId), order(clientId, 'pending'), refunded(clientId, 3, 'r1', '6.80')];
  for (const event of [...events, ...events]) await deliver([event]);
  expect(await logged(id)).toEqual(['order.created', 'order.part_refunded', 'invoice.refunded']);
});

test('another address of the client is taken over, and logged with the one before', async () => {
  const { id, clientId } = await newReseller();
  const client = {
    id: clientId,
    status: 'active' as const,
    name: 'Nora',
    company: null,
    email: 'nora@example.org',
    country: null,
    currency: 'USD',
    createdAt: '2027-01-01T00:00:00Z',
  };
  const event: EventOf<'client.updated'> = {
    id: `evt_${clientId}_updated`,
    type: 'client.updated',
    contract: '1.0',
    occurredAt: '2027-01-02T00:00:00Z',
    aggregate: { type: 'client', id: clientId, version: 2 },
    data: { client },
  };
  expect(await deliver([event])).toMatchObject([{ outcome: 'applied' }]);
  const [entry] = await service.orm.em
    .fork()
    .execute<{ action: string; after: { email: string } }[]>(
      `select action, after from activity where reseller_id = ? order by sequence desc`,
      [id],
    );
  expect(entry).toMatchObject({ action: 'reseller.updated', after: { email: 'nora@example.org' } });
});
