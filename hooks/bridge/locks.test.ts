import { describe, expect, it } from 'vitest';
import { priceLock } from '../contract/index.ts';
import { locksOf } from './locks.ts';
import { priceOrder } from './price-order.ts';
import { at, domain, indexOf, lockOf, nowMs, oneOff, storeOf, vps } from './testing.ts';
import type { OrderVerdict } from './types.ts';

const ids = { clientId: '42', currency: 'USD', nowMs, status: 'pending' } as const;

function wholesale(lines = [vps]): Extract<OrderVerdict, { decision: 'wholesale' }> {
  const order = { clientId: '42', currency: 'USD', coupon: null, lines };
  const verdict = priceOrder(storeOf(indexOf()), order, nowMs);
  if (verdict.decision !== 'wholesale') throw new Error(verdict.decision);
  return verdict;
}

describe('the locks of an order', () => {
  it('hold what each renewing service costs from its second term on', () => {
    const locks = locksOf(wholesale([vps]), { ...ids, serviceIds: ['900'] });
    expect(locks).toEqual([lockOf({ status: 'pending' })]);
    expect(priceLock.array().parse(locks)).toEqual(locks);
  });

  it('hold the renewal of a domain and leave out what does not renew', () => {
    const locks = locksOf(wholesale([oneOff, domain]), { ...ids, serviceIds: ['1', '2'] });
    expect(locks).toMatchObject([
      { serviceId: '2', unitPrice: '11.99', components: [{ component: 'renew', quantity: 1, unit: '11.99' }] },
    ]);
  });

  it('name no list when a person pinned the amounts', () => {
    const { lines } = wholesale([vps]);
    expect(locksOf({ lines, stamp: null }, { ...ids, serviceIds: ['900'] })).toMatchObject([
      { listHash: null, lockedAt: at(nowMs) },
    ]);
  });

  it('are refused when a line has no service', () => {
    expect(() => locksOf(wholesale([vps, oneOff]), { ...ids, serviceIds: ['900'] })).toThrow('one service id');
  });
});
