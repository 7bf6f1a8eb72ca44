import { describe, expect, it } from 'vitest';
import type { HostInvoice, InvoiceLine, PriceLock } from '../contract/index.ts';
import { checkInvoice } from './check-invoice.ts';
import type { DescribeService } from './fresh-price.ts';
import { createMemoryBridgeStore } from './memory-store.ts';
import { at, domain, indexOf, lockOf, nowMs, oneOff, storeOf, vps } from './testing.ts';
import type { BridgeStore } from './store.ts';

function line(changes: Partial<InvoiceLine> = {}): InvoiceLine {
  const unitPrice = changes.unitPrice ?? '12.40';
  const quantity = changes.quantity ?? 1;
  const amount = (Number(unitPrice) * quantity).toFixed(2);
  return {
    id: 'l1',
    kind: 'product',
    title: 'Server',
    orderId: null,
    serviceId: '900',
    product: 'vps-s',
    occasion: 'renewal',
    quantity,
    unitPrice,
    amount,
    net: amount,
    prorated: null,
    ...changes,
  };
}

function invoice(lines: InvoiceLine[], clientId = '42'): HostInvoice {
  return {
    id: 'i1',
    number: 'INV-1',
    clientId,
    orderId: null,
    status: 'draft',
    money: { currency: 'USD', digits: 2, tax: 'net' },
    total: '0.00',
    issuedAt: null,
    dueOn: null,
    paidAt: null,
    lines,
  };
}

function storeWith(lock: PriceLock | null, index = indexOf()): BridgeStore {
  const store = storeOf(index);
  if (lock !== null) store.writeLock(lock);
  return store;
}

/** "pass", "hold l1", or the corrections as text. */
function check(store: BridgeStore, lines: InvoiceLine[], describeService?: DescribeService, clientId = '42'): string {
  const verdict = checkInvoice(store, invoice(lines, clientId), nowMs, describeService);
  if (verdict.decision === 'hold') return `hold ${verdict.lineIds.join(' ')}`;
  if (verdict.decision === 'pass') return 'pass';
  return verdict.corrections.map(({ lineId, unitPrice, reason }) => `${lineId} ${unitPrice} ${reason}`).join(', ');
}

const firstTerm = line({ occasion: 'new' });
const setup = (changes: Partial<InvoiceLine>) => line({ kind: 'setup', occasion: 'new', ...changes });
const registration = (unitPrice: string) => line({ kind: 'domain', product: 'com', occasion: 'new', unitPrice });

const discount = (unitPrice: string) => line({ id: 'c1', kind: 'discount', serviceId: null, unitPrice });

describe('a line with a price lock', () => {
  const store = storeWith(lockOf());

  it('passes when it costs the lock, however it is written', () => {
    expect(check(store, [line(), line({ unitPrice: '12.400' }), firstTerm])).toBe('pass');
    expect(check(storeWith(lockOf({ status: 'pending' })), [firstTerm])).toBe('pass');
  });

  it('is corrected when its recurring amount was edited, up or down or to zero', () => {
    for (const unitPrice of ['15.50', '1.00', '0.00', '12.41', '12.405']) {
      expect(check(store, [line({ unitPrice })])).toBe('l1 12.40 differs_from_lock');
    }
  });

  it('is corrected when only its amount was edited', () => {
    expect(check(store, [line({ amount: '1.00' })])).toBe('l1 12.40 differs_from_lock');
  });

  it('keeps its price when the list has moved on', () => {
    expect(check(storeWith(lockOf({ unitPrice: '9.99', listHash: null })), [line({ unitPrice: '9.99' })])).toBe('pass');
  });

  it('is held when its quantity is not the locked one', () => {
    expect(check(store, [line({ quantity: 2 })])).toBe('hold l1');
    const pair = storeWith(lockOf({ quantity: 2 }));
    expect(check(pair, [line({ quantity: 2 })])).toBe('pass');
    expect(check(pair, [line({ quantity: 3 })])).toBe('hold l1');
  });

  it('may stand as one unit for the whole line, and is corrected to the whole line', () => {
    const pair = storeWith(lockOf({ quantity: 2 }));
    expect(check(pair, [line({ unitPrice: '24.80' })])).toBe('pass');
    expect(check(pair, [line()])).toBe('l1 24.80 differs_from_lock');
  });

  it('passes within one minor unit of its part where the host prorates', () => {
    const prorated = { numerator: 7, denominator: 31 };
    for (const [unitPrice, expected] of [
      ['2.80', 'pass'],
      ['2.79', 'pass'],
      ['2.81', 'pass'],
      ['2.78', 'l1 2.80 differs_from_lock'],
      ['2.82', 'l1 2.80 differs_from_lock'],
      ['12.40', 'l1 2.80 differs_from_lock'],
    ] as const) {
      expect(check(store, [line({ unitPrice, prorated })])).toBe(expected);
    }
  });

  it('is held when the lock ended, belongs to another account, or is in another currency', () => {
    for (const changes of [
      { status: 'ended' },
      { status: 'replaced' },
      { clientId: '7' },
      { currency: 'EUR' },
    ] as const) {
      expect(check(storeWith(lockOf(changes)), [line()])).toBe('hold l1');
    }
  });
});

describe('a line without a price lock', () => {
  const store = storeWith(null);

  it('is compared with the list when it is new', () => {
    expect(check(store, [firstTerm], () => vps)).toBe('pass');
    expect(check(store, [line({ occasion: 'new', unitPrice: '15.50' })], () => vps)).toBe('l1 12.40 differs_from_list');
    const once = line({ product: 'fix', occasion: 'new', unitPrice: '50.00' });
    expect(check(store, [once], () => oneOff)).toBe('l1 40.00 differs_from_list');
  });

  it('is compared with the priced line that the host kept from the order', () => {
    const pinned = { ...oneOff, unitPrice: '35.00', price: '35.00', setup: '0.00', renewal: null, components: [] };
    const once = line({ product: 'fix', occasion: 'new', unitPrice: '35.00' });
    expect(check(store, [once], () => pinned)).toBe('pass');
  });

  it('is held when nobody can say what it should cost', () => {
    expect(check(store, [firstTerm])).toBe('hold l1');
    expect(check(store, [firstTerm], () => ({ ...vps, product: 'unlisted' }))).toBe('hold l1');
    expect(check(store, [line({ occasion: 'new', serviceId: null })], () => vps)).toBe('hold l1');
    expect(check(storeWith(null, indexOf({ lists: [] })), [firstTerm], () => vps)).toBe('hold l1');
  });

  it('is held when it renews: the list says what new orders cost', () => {
    expect(check(store, [line()], () => vps)).toBe('hold l1');
  });

  it('holds the invoice even beside lines that could be corrected', () => {
    store.writeLock(lockOf({ serviceId: '901' }));
    expect(check(store, [line({ id: 'l2', serviceId: '901', unitPrice: '1.00' }), line()])).toBe('hold l1');
  });
});

describe('a first charge', () => {
  const store = storeWith(lockOf());
  const domainLock = lockOf({ product: 'com', term: '1Y', unitPrice: '11.99', components: [] });

  it('of a setup fee is compared with the list through the components of the lock', () => {
    expect(check(store, [setup({ unitPrice: '5.00' })])).toBe('pass');
    expect(check(store, [setup({ unitPrice: '9.00' })])).toBe('l1 5.00 differs_from_list');
    expect(check(storeWith(null), [setup({ unitPrice: '5.00' })])).toBe('hold l1');
  });

  it('of a setup fee counts the quantity where the host does, whole or cut into units', () => {
    const perQuantity = storeWith(lockOf({ quantity: 3 }), indexOf({}, { setupPerQuantity: true }));
    expect(check(perQuantity, [setup({ unitPrice: '15.00' })])).toBe('pass');
    expect(check(perQuantity, [setup({ unitPrice: '5.00', quantity: 3 })])).toBe('pass');
    expect(check(perQuantity, [setup({ unitPrice: '5.00' })])).toBe('l1 15.00 differs_from_list');
    expect(check(store, [setup({ unitPrice: '5.00', quantity: 3 })])).toBe('hold l1');
  });

  it('of a domain is what registering costs, and its renewal what is locked', () => {
    const locked = storeWith(domainLock);
    expect(check(locked, [registration('6.00')], () => domain)).toBe('pass');
    expect(check(locked, [registration('12.00')], () => domain)).toBe('l1 6.00 differs_from_list');
    expect(check(locked, [registration('6.00')])).toBe('hold l1');
    expect(check(locked, [line({ kind: 'domain', product: 'com', unitPrice: '6.00' })])).toBe(
      'l1 11.99 differs_from_lock',
    );
  });
});

describe('a discount line', () => {
  it('becomes zero where coupons are refused, and stays where they are allowed', () => {
    const store = storeWith(lockOf());
    expect(check(store, [line(), discount('-3.10')])).toBe('c1 0.00 coupon_refused');
    expect(check(store, [discount('0.00')])).toBe('pass');
    expect(check(storeWith(null, indexOf({}, { coupons: 'allow' })), [discount('-3.10')])).toBe('pass');
  });
});

describe('the invoice of an account', () => {
  it('is not touched before the first pull, and for clients who are no resellers', () => {
    expect(check(createMemoryBridgeStore(), [line({ unitPrice: '99.00' })])).toBe('pass');
    expect(check(storeWith(null), [line({ unitPrice: '99.00' })], undefined, '7')).toBe('pass');
  });

  it.each(['suspended', 'inactive'] as const)('of a %s reseller keeps its locks', (state) => {
    const store = storeWith(lockOf(), indexOf({ state }));
    expect(check(store, [line({ unitPrice: '15.50' })])).toBe('l1 12.40 differs_from_lock');
  });

  it('of a terminated reseller keeps its locks, and is retail in all else', () => {
    const store = storeWith(lockOf(), indexOf({ state: 'terminated' }));
    expect(check(store, [line({ unitPrice: '15.50' })])).toBe('l1 12.40 differs_from_lock');
    const retail = [
      line({ serviceId: '901', unitPrice: '15.50' }),
      setup({ serviceId: '901', unitPrice: '9.00' }),
      line({ kind: 'discount', serviceId: null, unitPrice: '-1.00' }),
    ];
    expect(check(store, retail)).toBe('pass');
  });

  it('leaves credit, fees and top-ups alone', () => {
    const others = (['credit', 'fee', 'top_up', 'other'] as const).map((kind) => line({ kind, unitPrice: '3.00' }));
    expect(check(storeWith(null), others)).toBe('pass');
  });

  it('goes on with prices that were not confirmed for long: running services have their locks', () => {
    const store = storeWith(lockOf());
    store.confirmIndex(nowMs - 365 * 86_400_000);
    expect(check(store, [line({ unitPrice: '15.50' })])).toBe('l1 12.40 differs_from_lock');
    expect(at(nowMs)).toBe('2027-01-01T12:00:00.000Z');
  });
});
