import { describe, expect, it } from 'vitest';
import type { PriceChunk, PriceIndex } from '../contract/index.ts';
import { hashOfChunk } from '../contract/content-hash.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import { priceOrder } from './price-order.ts';
import { at, chunks, domain, indexOf, listOf, nowMs, oneOff, storeOf, vps } from './testing.ts';
import type { OrderToPrice, OrderVerdict } from './types.ts';

const order = (changes: Partial<OrderToPrice> = {}): OrderToPrice => ({
  clientId: '42',
  currency: 'USD',
  coupon: null,
  lines: [vps],
  ...changes,
});

function verdict(index: PriceIndex, changes: Partial<OrderToPrice> = {}, atMs = nowMs): OrderVerdict {
  return priceOrder(storeOf(index), order(changes), atMs);
}

function code(index: PriceIndex, changes: Partial<OrderToPrice> = {}, atMs = nowMs): string {
  const result = verdict(index, changes, atMs);
  if (result.decision !== 'refused') return result.decision;
  expect(result.message.length).toBeGreaterThan(20);
  return `${result.code}${result.retryable ? ' (retry)' : ''}`;
}

describe('an order of an active reseller', () => {
  it('is priced from the list, and stamped with it', () => {
    expect(verdict(indexOf())).toEqual({
      decision: 'wholesale',
      resellerId: 'rsl_1',
      digits: 2,
      stamp: { listHash: listOf(chunks).list.hash, at: at(nowMs) },
      lines: [
        {
          ...vps,
          unitPrice: '12.40',
          price: '12.40',
          setup: '5.00',
          renewal: '12.40',
          components: [
            { component: 'base', quantity: 1, unit: '8.00', amount: '8.00' },
            { component: 'ip', quantity: 2, unit: '1.00', amount: '2.00' },
            { component: 'ram:8g', quantity: 1, unit: '2.40', amount: '2.40' },
          ],
        },
      ],
    });
  });

  it('multiplies prices by the quantity, and setup only where the host does', () => {
    const lines = [{ ...vps, quantity: 3 }];
    expect(verdict(indexOf(), { lines })).toMatchObject({ lines: [{ price: '37.20', setup: '5.00' }] });
    const perQuantity = indexOf({}, { setupPerQuantity: true });
    expect(verdict(perQuantity, { lines })).toMatchObject({ lines: [{ price: '37.20', setup: '15.00' }] });
  });

  it('renews a domain at its renewal price and a one-off not at all', () => {
    expect(verdict(indexOf(), { lines: [domain, oneOff] })).toMatchObject({
      lines: [
        { unitPrice: '6.00', renewal: '11.99' },
        { unitPrice: '40.00', renewal: null },
      ],
    });
  });

  it.each([
    ['not_offered', { ...vps, term: '1Y' }],
    ['not_offered', { ...vps, product: 'unlisted' }],
    ['unknown_option', { ...vps, options: { ram: '8g', colour: 'red' } }],
    ['option_required', { ...vps, options: {} }],
    ['quantity_out_of_range', { ...vps, options: { ram: '8g', ip: 17 } }],
  ])('is refused with %s, naming the line', (refusal, item) => {
    expect(verdict(indexOf(), { lines: [vps, item] })).toMatchObject({ code: refusal, line: 1, retryable: false });
  });

  it('is refused in a currency without reseller prices', () => {
    expect(code(indexOf(), { currency: 'EUR' })).toBe('currency_unknown');
  });

  it('is refused with a coupon unless the policy allows coupons', () => {
    expect(code(indexOf(), { coupon: 'SUMMER' })).toBe('coupon_refused');
    expect(code(indexOf(), { coupon: ' ' })).toBe('wholesale');
    expect(code(indexOf({}, { coupons: 'allow' }), { coupon: 'SUMMER' })).toBe('wholesale');
  });

  it('is refused while the programme is off', () => {
    expect(code(indexOf({}, { programme: 'off' }))).toBe('programme_off');
  });

  it('is refused for a while when the list was not confirmed for seven days', () => {
    const week = 7 * 24 * 3600 * 1000;
    expect(code(indexOf(), {}, nowMs + week)).toBe('wholesale');
    expect(code(indexOf(), {}, nowMs + week + 1)).toBe('prices_stale (retry)');
  });

  it('is refused for a while when no list holds, rather than sold at retail', () => {
    expect(code(indexOf({ lists: [] }))).toBe('prices_missing (retry)');
  });

  it('is refused for a while when a stored amount has digits its currency lacks', () => {
    const broken = structuredClone(chunks[2]) as PriceChunk;
    for (const row of broken.rows) row.wholesale = '40.005';
    broken.hash = hashOfChunk(broken);
    const index = indexOf({
      lists: [{ hash: listOf([broken]).list.hash, validFrom: at(nowMs), validUntil: null }],
    });
    expect(priceOrder(storeOf(index, [broken]), order({ lines: [oneOff] }), nowMs)).toMatchObject({
      code: 'prices_missing',
      retryable: true,
    });
  });
});

describe('lists that are shipped ahead', () => {
  const hash = listOf(chunks).list.hash;
  const window = (from: number, until: number | null) => ({
    hash,
    validFrom: at(nowMs + from),
    validUntil: until === null ? null : at(nowMs + until),
  });

  it('hold from validFrom on and end before validUntil', () => {
    expect(code(indexOf({ lists: [window(0, 1000)] }))).toBe('wholesale');
    expect(code(indexOf({ lists: [window(1000, null)] }))).toBe('prices_missing (retry)');
    expect(code(indexOf({ lists: [window(-1000, 0)] }))).toBe('prices_missing (retry)');
    expect(code(indexOf({ lists: [window(-1000, 0), window(0, null)] }))).toBe('wholesale');
  });

  it('give way to the one that began last', () => {
    const cheaper = structuredClone(chunks[2]) as PriceChunk;
    for (const row of cheaper.rows) row.wholesale = '30.00';
    cheaper.hash = hashOfChunk(cheaper);
    const newer = listOf([cheaper]);
    const older = listOf(chunks);
    const index = indexOf({ lists: [{ ...window(-1000, null), hash: newer.list.hash }, window(-5000, null)] });
    const store = createMemoryBridgeStore();
    store.writeIndex({
      index,
      confirmedAtMs: nowMs,
      lists: [older.list, newer.list],
      pages: [older.page, newer.page],
      chunks: [...chunks, cheaper],
    });
    expect(priceOrder(store, order({ lines: [oneOff] }), nowMs)).toMatchObject({ lines: [{ unitPrice: '30.00' }] });
  });
});

describe('an order of anybody else', () => {
  it('is retail before the first pull, for unknown clients and for terminated resellers', () => {
    expect(priceOrder(createMemoryBridgeStore(), order(), nowMs)).toEqual({ decision: 'retail' });
    expect(code(indexOf(), { clientId: '7', coupon: 'SUMMER' })).toBe('retail');
    expect(code(indexOf({ state: 'terminated' }))).toBe('retail');
    expect(code(indexOf(), { clientId: '7' }, nowMs + 365 * 86_400_000)).toBe('retail');
  });

  it('is refused with the public reason for suspended and inactive resellers, also while the programme is off', () => {
    expect(verdict(indexOf({ state: 'suspended', publicReason: 'Payment is overdue' }))).toMatchObject({
      code: 'reseller_suspended',
      message: expect.stringContaining('Payment is overdue. '),
      retryable: false,
    });
    expect(code(indexOf({ state: 'inactive' }, { programme: 'off' }))).toBe('reseller_inactive');
  });
});
