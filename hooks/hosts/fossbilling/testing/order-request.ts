import type { CallRequest, PricedLine } from '../../../contract/index.ts';

const AMOUNT = '8.00';

/** A priced line of one month at 8.00, with whatever is to differ. */
export function pricedLine(product: string, changes: Partial<PricedLine> = {}): PricedLine {
  return {
    product,
    term: '1M',
    quantity: 1,
    options: {},
    unitPrice: AMOUNT,
    price: changes.unitPrice ?? AMOUNT,
    setup: '0.00',
    renewal: changes.unitPrice ?? AMOUNT,
    components: [
      { component: 'base', quantity: 1, unit: changes.unitPrice ?? AMOUNT, amount: changes.unitPrice ?? AMOUNT },
    ],
    ...changes,
  };
}

/** A request to place an order for client 1. */
export function orderRequest(
  reference: string,
  lines: PricedLine[],
  changes: Partial<CallRequest<'orders.place'>> = {},
): CallRequest<'orders.place'> {
  return {
    reference,
    clientId: '1',
    paymentMethod: '1',
    money: { currency: 'USD', digits: 2, tax: 'net' },
    customer: { name: 'Bluebird Café 🐦', reference: 'cus-1' },
    note: 'Please hurry',
    stamp: { listHash: `sha256:${'ab'.repeat(32)}`, at: '2027-01-10T11:55:00Z' },
    lines,
    ...changes,
  };
}
