import type { ServiceContext } from '../../context.ts';
import { formatAmount, parseAmount } from '../../money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { Reseller } from '../reseller/entity.ts';
import type { Difference } from './entity.ts';

/** What a comparison of an invoice line leaves for its repair. */
interface LineDetail {
  invoiceId: string;
  number: string;
  paid: boolean;
  /** Absent for a discount, which becomes zero. */
  unitPrice?: string;
  quantity?: number;
}

/**
 * Sets a line of an unpaid invoice right. A paid invoice does not change: what the reseller paid too much becomes
 * account credit, once; what was charged too little is the provider's loss and only recorded.
 */
export async function correctLine(ctx: ServiceContext, difference: Difference): Promise<void> {
  const detail = difference.detail as unknown as LineDetail;
  const em = ctx.em.fork();
  const digits = (await digitsOf(em))(difference.currency ?? '');
  if (!detail.paid) {
    await ctx.host['invoices.correctLine']({
      invoiceId: detail.invoiceId,
      lineId: difference.subjectId,
      unitPrice: detail.unitPrice ?? formatAmount(0n, digits),
      ...(detail.quantity === undefined ? {} : { quantity: detail.quantity }),
      reason: 'Set to what was agreed',
    });
    return;
  }
  const excess = parseAmount(difference.amount ?? '0', digits);
  if (excess <= 0n || !difference.currency) return;
  const { hostClientId } = await em.findOneOrFail(Reseller, difference.resellerId);
  await ctx.host['credit.add']({
    clientId: hostClientId,
    reference: difference.id,
    amount: formatAmount(excess, digits),
    currency: difference.currency,
    reason: `Invoice ${detail.number} charged too much`,
  });
}
