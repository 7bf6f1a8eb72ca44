import type { CallResponse } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import type { Reseller } from '../reseller/entity.ts';
import { PriceLock } from '../service/entity.ts';
import { type Found, identity } from './found.ts';

export type BridgeDifference = CallResponse<'differences.read'>['differences'][number];

/** What the bridge found by itself, in all pages; null for a host that leaves the comparison to us. @throws HostError */
export async function readBridgeDifferences({ host }: ServiceContext): Promise<BridgeDifference[] | null> {
  const { capabilities } = await host.describe({});
  if (!capabilities.includes('differences')) return null;
  const all: BridgeDifference[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: CallResponse<'differences.read'> = await host['differences.read'](cursor ? { cursor } : {});
    all.push(...page.differences);
    cursor = page.cursor;
  }
  return all;
}

/**
 * What the bridge found and our own comparison did not: its table of locks and ours differ, or it sees what lists do not
 * show. It stands with the bridge's own figures.
 */
export async function leftOver(
  ctx: ServiceContext,
  resellers: Reseller[],
  differences: BridgeDifference[],
  found: Found[],
): Promise<Found[]> {
  const known = new Set(found.map(identity));
  const byClient = new Map(resellers.map((reseller) => [reseller.hostClientId, reseller]));
  const digits = await digitsOf(ctx.em);
  const added: Found[] = [];
  for (const difference of differences) {
    const reseller = byClient.get(difference.clientId);
    const one = reseller && (await asFound(ctx, reseller, difference, digits(difference.currency)));
    if (!one || known.has(identity(one))) continue;
    // A deleted order is one difference, not one for each of its services.
    if (one.kind === 'service_gone' && found.some(({ kind }) => kind === 'order_missing')) continue;
    known.add(identity(one));
    added.push(one);
  }
  return added;
}

async function asFound(
  ctx: ServiceContext,
  reseller: Reseller,
  difference: BridgeDifference,
  digits: number,
): Promise<Found | null> {
  const { kind, serviceId, invoiceId, lineId, currency, expected, actual, paid = false } = difference;
  const onInvoice = lineId !== undefined && invoiceId !== undefined;
  const subjectId = onInvoice ? lineId : serviceId;
  if (subjectId === null) return null;
  const lock = serviceId
    ? await ctx.em.findOne(PriceLock, { hostServiceId: serviceId, status: { $in: ['pending', 'active'] } })
    : null;
  const base = {
    resellerId: reseller.id,
    kind,
    subjectType: onInvoice ? ('invoice_line' as const) : ('service' as const),
    subjectId,
    currency,
    expected,
    actual,
    amount: amountOf(difference, lock, digits),
  };
  if (!onInvoice) return { ...base, detail: {} };
  return {
    ...base,
    detail: { invoiceId, number: invoiceId, paid, ...(kind === 'invoice_line_changed' ? { unitPrice: expected } : {}) },
  };
}

/** What is at stake per term; null where the bridge tells no amounts and we hold no lock. */
function amountOf({ kind, expected, actual }: BridgeDifference, lock: PriceLock | null, digits: number): string | null {
  const quantity = BigInt(lock?.quantity ?? 1);
  if (kind === 'quantity_changed') {
    if (!lock || expected === null || actual === null) return null;
    return formatAmount(parseAmount(lock.unitPrice, digits) * (BigInt(actual) - BigInt(expected)), digits);
  }
  if (kind === 'status_changed' || kind === 'service_gone' || kind === 'service_moved') {
    return lock && formatAmount(-parseAmount(lock.unitPrice, digits) * quantity, digits);
  }
  if (actual === null) return null;
  return formatAmount((parseAmount(actual, digits) - parseAmount(expected ?? '0', digits)) * quantity, digits);
}
