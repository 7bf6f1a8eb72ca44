import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostInvoice, InvoiceLine } from '../../../hooks/contract/index.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { spreadRefund } from './spread-refund.ts';

function line(id: string, kind: InvoiceLine['kind'], net: bigint): InvoiceLine {
  const amount = formatAmount(net, 2);
  return {
    id,
    kind,
    title: id,
    orderId: null,
    serviceId: null,
    product: null,
    occasion: 'new',
    quantity: 1,
    unitPrice: amount,
    amount,
    net: amount,
    prorated: null,
  };
}
function invoice(
  nets: bigint[],
  { status = 'part_refunded', total }: { status?: HostInvoice['status']; total?: bigint } = {},
): HostInvoice {
  const lines = nets.map((net, index) => line(String(index), index === 0 ? 'product' : 'setup', net));
  const sum = total ?? nets.reduce((left, right) => left + right, 0n);
  return {
    id: 'i',
    number: 'i',
    clientId: 'c',
    orderId: null,
    status,
    money: { currency: 'USD', digits: 2, tax: 'net' },
    total: formatAmount(sum, 2),
    issuedAt: null,
    dueOn: null,
    paidAt: null,
    lines,
  };
}
const refund = (amount: bigint, lines: { lineId: string; net: string }[] | null = null) => ({
  id: 'r',
  at: '2027-01-01T00:00:00Z',
  amount: formatAmount(amount, 2),
  lines,
});
const amounts = (shares: { amount: bigint }[]) => shares.map(({ amount }) => amount);

describe('a refund without lines', () => {
  test('falls pro rata, the odd cents on the largest remainders', () => {
    expect(amounts(spreadRefund(invoice([100n, 100n, 100n]), refund(100n), new Map()))).toEqual([34n, 33n, 33n]);
  });

  test('adds up to the cent whatever the lines are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 1_000_000n), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 1000 }),
        (nets, share) => {
          const sum = nets.reduce((left, right) => left + right, 0n);
          const wanted = (sum * BigInt(share)) / 1000n;
          const spread = amounts(spreadRefund(invoice(nets), refund(wanted), new Map()));
          expect(spread.reduce((left, right) => left + right, 0n)).toBe(wanted);
          expect(spread.every((amount, index) => amount >= 0n && amount <= nets[index]!)).toBe(true);
        },
      ),
    );
  });

  test('takes only the share of the lines that are revenue', () => {
    const mixed = invoice([1000n]);
    mixed.lines.push(line('fee', 'fee', 1000n));
    mixed.total = '20.00';
    expect(amounts(spreadRefund(mixed, refund(1000n), new Map()))).toEqual([500n]);
  });

  test('that is the last one takes exactly what is left of every line', () => {
    const left = new Map([['0', 333n]]);
    expect(
      amounts(spreadRefund(invoice([1000n, 500n], { status: 'refunded', total: 1785n }), refund(1452n), left)),
    ).toEqual([667n, 500n]);
  });

  test('never gives back more than a line cost', () => {
    expect(amounts(spreadRefund(invoice([1000n]), refund(1000n), new Map([['0', 900n]])))).toEqual([100n]);
  });
});

test('a refund by lines follows the host’s lines', () => {
  const shares = spreadRefund(invoice([1000n, 500n]), refund(500n, [{ lineId: '1', net: '5.00' }]), new Map());
  expect(shares.map(({ line: { id }, amount }) => [id, amount])).toEqual([['1', parseAmount('5.00', 2)]]);
});
