import type { InvoiceLine, PriceLock } from '../contract/index.ts';
import { guardLine, type GuardVerdict } from '../prices/guard.ts';
import { formatMinor, minorUnits } from '../prices/money.ts';
import { freshPrice, type FreshContext } from './fresh-price.ts';
import type { LineCorrection } from './types.ts';

export type GuardContext = FreshContext;

/** What is to be done with one line: leave it, hold the invoice, or charge it otherwise. */
export type LineJudgement = 'pass' | 'hold' | LineCorrection;

/** Judges one line of a reseller's invoice. */
export function judgeLine(context: GuardContext, line: InvoiceLine): LineJudgement {
  if (line.kind === 'discount') return judgeDiscount(context, line);
  if (line.kind !== 'product' && line.kind !== 'setup' && line.kind !== 'domain') return 'pass';
  const lock = activeLock(context, line);
  if (context.entry.state === 'terminated') {
    return lock === null || isFirstCharge(line) ? 'pass' : judgeLocked(context, line, lock);
  }
  return lock === null || isFirstCharge(line) ? judgeFresh(context, line, lock) : judgeLocked(context, line, lock);
}

/** A lock holds what renewals cost: a setup fee, and what registering a domain costs, are other amounts. */
function isFirstCharge(line: InvoiceLine): boolean {
  return line.kind === 'setup' || (line.kind === 'domain' && line.occasion === 'new');
}

function activeLock({ store, currency, entry }: GuardContext, line: InvoiceLine): PriceLock | null {
  const lock = line.serviceId === null ? null : store.readLock(line.serviceId);
  if (lock === null || (lock.status !== 'pending' && lock.status !== 'active')) return null;
  // A service that moved to another account, or is billed in another currency, has no price that was agreed.
  return lock.clientId === entry.clientId && lock.currency === currency ? lock : null;
}

function judgeDiscount({ index, entry, digits }: GuardContext, line: InvoiceLine): LineJudgement {
  if (index.coupons === 'allow' || entry.state === 'terminated') return 'pass';
  if (minorUnits(line.unitPrice, digits) === 0n && minorUnits(line.amount, digits) === 0n) return 'pass';
  return { lineId: line.id, unitPrice: formatMinor(0n, digits), reason: 'coupon_refused' };
}

function judgeLocked(context: GuardContext, line: InvoiceLine, lock: PriceLock): LineJudgement {
  const unit = minorUnits(lock.unitPrice, context.digits);
  if (unit === null) return 'hold';
  if (line.quantity === lock.quantity) return judge(context, line, { lock: unit, list: null });
  // A host may store a whole line as one unit. Any other quantity is not what was locked, and no unit price mends it.
  return line.quantity === 1 ? judge(context, line, { lock: unit * BigInt(lock.quantity), list: null }) : 'hold';
}

function judgeFresh(context: GuardContext, line: InvoiceLine, lock: PriceLock | null): LineJudgement {
  // A renewal costs its lock and nothing else; the list says what new orders cost.
  if (line.occasion === 'renewal' || line.serviceId === null) return 'hold';
  const { unit, setup } = freshPrice(context, line.serviceId, lock);
  if (line.kind !== 'setup') return judge(context, line, { lock: null, list: unit });
  const quantity = BigInt(line.quantity);
  // Setup fees are known for the whole line; the host may have cut them into units.
  if (setup === null || setup % quantity !== 0n) return 'hold';
  return judge(context, line, { lock: null, list: setup / quantity });
}

function judge(
  { digits }: GuardContext,
  line: InvoiceLine,
  prices: { lock: bigint | null; list: bigint | null },
): LineJudgement {
  const unit = minorUnits(line.unitPrice, digits);
  const amount = minorUnits(line.amount, digits);
  const { quantity } = line;
  const prorated = line.prorated;
  const verdict: GuardVerdict =
    unit === null || amount !== unit * BigInt(quantity)
      ? // Digits the currency lacks, or an amount edited beside its unit price: storing the unit price mends both.
        guardLine({ unit: impossible, quantity, prorated }, prices)
      : guardLine({ unit, quantity, prorated }, prices);
  if (verdict.ok) return 'pass';
  if (verdict.reason === 'no_price') return 'hold';
  return { lineId: line.id, unitPrice: formatMinor(verdict.correctTo, digits), reason: verdict.reason };
}

/** Further from any price than a tolerance reaches. */
const impossible = -(10n ** 30n);
