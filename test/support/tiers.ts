import { listTierDecisions } from '../../server/modules/tier/decisions.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { reviewTiers } from '../../server/modules/tier/review.ts';
import { saveTierRules } from '../../server/modules/tier/save-rules.ts';
import { updateTier } from '../../server/modules/tier/update.ts';
import type { RulesOfTiers } from '../../server/modules/tier/rules.ts';
import type { Programme } from './programme.ts';

export const none = { minRevenue: null, minServices: null, minOrders: null, match: 'all' as const };

/** The rules that most tests go by. */
export const usual: RulesOfTiers = {
  automatic: true,
  period: 'rolling12',
  counts: { newOrders: true, renewals: true, setup: true, refundsDeducted: true },
  upgrade: 'at_once',
  reviewEvery: 'month',
  graceDays: 30,
};

/** What tests of tiers do with a programme: it is asked for when it runs. */
export function tiersOf(programme: () => Programme) {
  async function rules(changes: Partial<RulesOfTiers> = {}): Promise<void> {
    const { version } = (await listTiers(programme().admin(), {})).rules;
    await saveTierRules(programme().admin(), { ...usual, ...changes, version });
    await reviewTiers(programme().system());
  }

  async function tier(name: string, changes: object): Promise<void> {
    const { rows } = await listTiers(programme().admin(), {});
    const held = rows.find((row) => row.name === name)!;
    const { position: _, ...input } = held;
    await updateTier(programme().admin(), { ...input, ...changes });
  }
  return {
    rules,
    tier,
    tierOf: async (id: string): Promise<string> => (await programme().row(id)).tier.id,
    outcomes: async (resellerId: string) =>
      (await listTierDecisions(programme().admin(), { resellerId })).rows.map(({ outcome }) => outcome),
    /** Thresholds of money alone, and the usual rules. */
    async reset() {
      programme().setClock('2027-03-10T12:00:00Z');
      for (const name of ['Diamond', 'Platinum', 'Gold', 'Silver']) await tier(name, none);
      await tier('Silver', { ...none, minRevenue: '100.00' });
      await tier('Gold', { ...none, minRevenue: '1000.00' });
      await rules();
    },
  };
}
