import { findEntry } from './find-entry.ts';
import type { DescribeService } from './fresh-price.ts';
import { judgeLine, type GuardContext } from './judge-line.ts';
import type { BridgeStore } from './store.ts';
import type { InvoiceToCheck, InvoiceVerdict, LineCorrection } from './types.ts';

/**
 * Checks an invoice that is about to be sent (pricing rules 16, 19, 20, 25 and 26). Only accounts of resellers are
 * checked, and only lines for products, setup, domains and discounts:
 *
 * - a line with a lock must cost the lock (within one minor unit of its part where the host prorates);
 * - a first line without a lock, a setup fee, and the first term of a domain must cost what was ordered (see
 *   `freshPrice`);
 * - a discount becomes 0.00 where coupons are refused;
 * - a line with neither lock nor list price holds the invoice: it is never guessed;
 * - a terminated reseller's services keep their locks until retail is pinned; all else of theirs is retail.
 *
 * Suspended and inactive resellers are checked like active ones: their running services keep their prices.
 *
 * @param nowMs the host's clock in UTC milliseconds.
 * @param describeService what a service was ordered as; without it lines that have no lock cannot be judged.
 */
export function checkInvoice(
  store: BridgeStore,
  invoice: InvoiceToCheck,
  nowMs: number,
  describeService: DescribeService = () => null,
): InvoiceVerdict {
  const index = store.readIndex()?.index;
  const entry = index === undefined ? null : findEntry(index, invoice.clientId);
  if (index === undefined || entry === null) return { decision: 'pass' };

  const { currency, digits } = invoice.money;
  const context: GuardContext = { store, index, entry, currency, digits, nowMs, describeService };
  const corrections: LineCorrection[] = [];
  const heldLines: string[] = [];
  for (const line of invoice.lines) {
    const judged = judgeLine(context, line);
    if (judged === 'hold') heldLines.push(line.id);
    else if (judged !== 'pass') corrections.push(judged);
  }
  if (heldLines.length > 0) return { decision: 'hold', lineIds: heldLines, message: holdMessage(heldLines.length) };
  return corrections.length > 0 ? { decision: 'correct', corrections } : { decision: 'pass' };
}

function holdMessage(count: number): string {
  const lines = count === 1 ? 'One line of this invoice has' : `${count} lines of this invoice have`;
  return `${lines} no price to check against. Pin the price of the service in the reseller plugin, then send it again.`;
}
