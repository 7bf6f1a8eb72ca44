import type { HostInvoice, InvoiceLine, RefundFact } from '../../../hooks/contract/index.ts';
import { parseAmount } from '../../money.ts';
import { revenueLines } from './revenue-lines.ts';

/**
 * How a refund falls on the revenue lines, in net minor units: by the host's lines where it names them, else pro rata by
 * net amount with the largest remainder, so that the parts add up exactly. No line gives back more than it cost less
 * `refunded` (what it gave back before); the refund that completes an invoice takes what is left of every line.
 */
export function spreadRefund(
  invoice: HostInvoice,
  refund: RefundFact,
  refunded: ReadonlyMap<string, bigint>,
): { line: InvoiceLine; amount: bigint }[] {
  const { digits } = invoice.money;
  const lines = revenueLines(invoice.lines).map((line) => {
    const net = parseAmount(line.net, digits);
    return { line, net, left: net - (refunded.get(line.id) ?? 0n) };
  });
  if (refund.lines !== null) {
    const named = new Map(refund.lines.map(({ lineId, net }) => [lineId, parseAmount(net, digits)]));
    return lines
      .filter(({ line }) => named.has(line.id))
      .map(({ line, left }) => ({ line, amount: atMost(named.get(line.id) ?? 0n, left) }));
  }
  if (invoice.status === 'refunded') return lines.map(({ line, left }) => ({ line, amount: left }));
  const total = parseAmount(invoice.total, digits);
  const netSum = lines.reduce((sum, { net }) => sum + net, 0n);
  if (total <= 0n || netSum <= 0n) return [];
  const target = (parseAmount(refund.amount, digits) * netSum * 2n + total) / (total * 2n);
  const shares = lines.map(({ line, net, left }) => ({
    line,
    left,
    amount: (target * net) / netSum,
    rest: (target * net) % netSum,
  }));
  let missing = target - shares.reduce((sum, { amount }) => sum + amount, 0n);
  for (const share of shares.toSorted((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : 0))) {
    if (missing <= 0n) break;
    share.amount += 1n;
    missing -= 1n;
  }
  return shares.map(({ line, left, amount }) => ({ line, amount: atMost(amount, left) }));
}

/** The smaller in size; discount lines are negative and give back negative amounts. */
function atMost(amount: bigint, left: bigint): bigint {
  if (left < 0n) return amount < left ? left : amount;
  return amount > left ? left : amount;
}
