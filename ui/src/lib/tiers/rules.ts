import type { Simulation, TierRules } from '#lib/api/contract.ts';
import { t } from '#lib/messages/index.svelte.ts';

export type Rules = Simulation['rules'];

/** What can be set of the rules, without what only the service writes. */
export const rulesOf = ({ automatic, period, counts, upgrade, reviewEvery, graceDays }: TierRules): Rules => ({
  automatic,
  period,
  counts: { ...counts },
  upgrade,
  reviewEvery,
  graceDays,
});

const COUNTS = ['newOrders', 'renewals', 'setup', 'refundsDeducted'] as const;
export const COUNTED = COUNTS.map((name) => ({ name, label: `rules.${name}` }) as const);

/** The rules as sentences. */
export function ruleWords(rules: Rules): string[] {
  if (!rules.automatic) return [t('rules.byHand')];
  const counted = COUNTED.filter(({ name }) => rules.counts[name]).map(({ label }) => t(label));
  return [
    t(rules.period === 'rolling12' ? 'rules.rolling' : 'rules.lifetime'),
    t('rules.counts', { what: counted.join(', ') }),
    t(rules.upgrade === 'at_once' ? 'rules.upAtOnce' : 'rules.upAtReview'),
    t('rules.down', { count: rules.graceDays }),
    t(`rules.every.${rules.reviewEvery}`),
  ];
}
