import { maybe, t } from '#lib/messages/index.svelte.ts';
import type { Tier } from '#lib/api/contract.ts';
import { money } from '#lib/words.ts';

/** "Revenue", "Active services", "New orders" */
export const measureName = (measure: string): string => maybe(`measure.${measure}`) ?? measure;

/** A measured value: revenue in the programme's currency, everything else as a count. */
export const measureValue = (measure: string, value: string, currency: string): string =>
  measure === 'revenue' && currency ? money(value, currency) : value;

/** What a tier takes, in words: "€5,000.00 revenue and 20 active services". */
export function thresholdWords(
  tier: Pick<Tier, 'minRevenue' | 'minServices' | 'minOrders' | 'match'>,
  currency: string,
): string {
  const parts = [
    tier.minRevenue === null
      ? ''
      : t('threshold.revenue', { amount: measureValue('revenue', tier.minRevenue, currency) }),
    tier.minServices === null ? '' : t('threshold.services', { count: tier.minServices }),
    tier.minOrders === null ? '' : t('threshold.orders', { count: tier.minOrders }),
  ].filter(Boolean);
  if (parts.length === 0) return t('threshold.none');
  return parts.join(` ${t(tier.match === 'all' ? 'threshold.and' : 'threshold.or')} `);
}
