import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '../../server/context.ts';
import { createQuote } from '../../server/modules/quote/create.ts';
import { createCustomer } from '../../server/modules/customer/create.ts';
import { listCustomers } from '../../server/modules/customer/list.ts';
import { assignCustomer } from '../../server/modules/order/assign-customer.ts';
import { getOrder } from '../../server/modules/order/get.ts';
import { listOrders } from '../../server/modules/order/list.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { cutToGate, portalGate } from '../../server/modules/reseller/gates.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { router } from '../../server/trpc/router.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { verb } from '../../server/verb.ts';
import { allVerbs } from '../../server/verbs.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { vpsLine } from '../support/orders.ts';

let it: Installation;
let one: ResellerRow;
let other: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
  other = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
});
afterAll(() => it.stop());

describe('every verb', () => {
  test.each(allVerbs.filter(({ permission }) => permission !== null).map((verb) => [verb.procedure, verb] as const))(
    '%s refuses an actor without its permission before it looks at anything',
    async (_name, verb) => {
      const nobody = it.service.context({
        kind: 'reseller',
        id: 'client:x',
        name: 'x',
        resellerId: one.id,
        permissions: new Set(),
      });
      await expect(verb(nobody, {} as never)).rejects.toMatchObject({ name: 'ServiceError', code: 'forbidden' });
    },
  );
});

test('a write is refused to whoever is held back, also where it asks for what the status leaves; unless it says otherwise', async () => {
  const definition = {
    procedure: 'test.touch',
    permission: 'profile:read',
    mode: 'write',
    input: z.object({}),
    run: async () => 'done',
  } as const;
  const ctx = it.as(one);
  const left = cutToGate(resellerPermissions, portalGate('suspended'), 'suspended', 'Invoice 7 is open');
  const suspended = { ...ctx, actor: { ...ctx.actor, ...left } as Actor };
  expect(left.permissions.has('profile:read')).toBe(true);
  expect(await verb(definition)(ctx, {})).toBe('done');
  await expect(verb(definition)(suspended, {})).rejects.toMatchObject({ code: 'reseller_suspended' });
  expect(await verb({ ...definition, whileHeldBack: true })(suspended, {})).toBe('done');
});

async function order(reseller: ResellerRow, key: string, customerId: string | null = null) {
  const request = { currency: 'USD', lines: [vpsLine] };
  const { quote } = await createQuote(it.as(reseller), request);
  return placeOrder(it.as(reseller), { ...request, quote, customerId, idempotencyKey: key });
}

test('a reseller neither sees nor touches what belongs to another; foreign ids are answered like unknown ones', async () => {
  const customer = await createCustomer(it.as(one), { name: 'Ines', email: 'ines@example.org' });
  const mine = await order(one, 'key-of-one', customer.id);

  expect((await listCustomers(it.as(other), {})).rows).toEqual([]);
  expect((await listOrders(it.as(other), {})).rows).toEqual([]);
  const foreign = await getOrder(it.as(other), { id: mine.id }).catch((error: unknown) => error);
  const unknown = await getOrder(it.as(other), { id: 'ord_unknown' }).catch((error: unknown) => error);
  expect(foreign).toEqual(unknown);
  await expect(assignCustomer(it.as(other), { id: mine.id, customerId: null })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(order(other, 'key-of-other', customer.id)).rejects.toMatchObject({
    code: 'not_found',
    path: '/customerId',
  });
  await expect(assignCustomer(it.as(one), { id: mine.id, customerId: 'cus_unknown' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a quote is good for its reseller, its order, once', async () => {
  const request = { currency: 'USD', lines: [vpsLine] };
  const { quote } = await createQuote(it.as(one), request);
  const place = (reseller: ResellerRow, key: string, lines = request.lines) =>
    placeOrder(it.as(reseller), { ...request, lines, quote, idempotencyKey: key });
  await expect(place(other, 'quote-key-1')).rejects.toMatchObject({ code: 'price_changed' });
  await expect(place(one, 'quote-key-2', [{ ...vpsLine, quantity: 2 }])).rejects.toMatchObject({
    code: 'price_changed',
  });
  const first = await place(one, 'quote-key-3');
  expect((await place(one, 'quote-key-3')).id).toBe(first.id);
  await expect(place(one, 'quote-key-4')).rejects.toMatchObject({ code: 'price_changed' });
});

test('the same idempotency key with another order is refused', async () => {
  await order(one, 'idempotency-1');
  const request = { currency: 'USD', lines: [{ ...vpsLine, quantity: 3 }] };
  const { quote } = await createQuote(it.as(one), request);
  await expect(placeOrder(it.as(one), { ...request, quote, idempotencyKey: 'idempotency-1' })).rejects.toMatchObject({
    code: 'idempotency_conflict',
  });
});

test('every procedure stands in the router under the name of its verb, and only there', () => {
  const names = allVerbs.map(({ procedure }) => procedure);
  expect(new Set(names).size).toBe(names.length);
  const inRouter = Object.keys((Reflect.get(router, '_def') as { procedures: object }).procedures);
  expect(inRouter.filter((name) => !names.includes(name))).toEqual([]);
  // What the host reports comes by its signed door alone, and exports are streamed as files.
  expect(names.filter((name) => !inRouter.includes(name)).toSorted()).toEqual([
    'activity.export',
    'activity.exportOwn',
    'intake.park',
    'intake.receive',
    'statements.export',
  ]);
});
