import { parseTerm, type TermUnit } from '../../../hooks/prices/term.ts';
import type { ResellerRow } from '#lib/api/contract.ts';
import { formatMoney, type Amount } from '#lib/format/money.ts';
import { formatBp, formatShare } from '#lib/format/percent.ts';
import { currentLocale, t, type MessageKey } from '#lib/messages/index.svelte.ts';

/** Small texts that many screens share, in the current language. */
const UNITS: Record<TermUnit, { name: MessageKey; per: MessageKey }> = {
  D: { name: 'term.day', per: 'term.perDay' },
  W: { name: 'term.week', per: 'term.perWeek' },
  M: { name: 'term.month', per: 'term.perMonth' },
  Y: { name: 'term.year', per: 'term.perYear' },
};

/** "3 months", "one time" */
export function termName(term: string): string {
  const parsed = parseTerm(term);
  return parsed ? t(UNITS[parsed.unit].name, { count: parsed.count }) : t('term.once');
}

/** "/ month", "/ 3 months", "once" */
export function termPer(term: string): string {
  const parsed = parseTerm(term);
  return parsed ? t(UNITS[parsed.unit].per, { count: parsed.count }) : t('term.onceShort');
}

export const money = (amount: string, currency: string): string => formatMoney(currentLocale(), { amount, currency });
export const moneyList = (amounts: readonly Amount[]): string =>
  amounts.map((row) => formatMoney(currentLocale(), row, amounts.length > 1 ? 'code' : 'symbol')).join(', ');
export const percent = (bp: number): string => formatBp(currentLocale(), bp);
export const share = (bp: number): string => formatShare(currentLocale(), bp);

/** "15 % off", "no discount" */
export const discount = (bp: number): string =>
  bp === 0 ? t('discount.none') : t('discount.off', { percent: percent(bp) });

const SOURCES: Record<ResellerRow['discountSource'], MessageKey> = {
  reseller_rate: 'discount.own',
  tier_rate: 'discount.fromTier',
  programme_rate: 'discount.fromProgramme',
};
export const discountSource = (source: ResellerRow['discountSource']): string => t(SOURCES[source]);
