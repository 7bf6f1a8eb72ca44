import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listTierDecisions } from '../../server/modules/tier/decisions.ts';
import { createTier } from '../../server/modules/tier/create.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { countTierMembers } from '../../server/modules/tier/members.ts';
import { getTierProgress } from '../../server/modules/tier/progress.ts';
import { removeTier } from '../../server/modules/tier/remove.ts';
import { reorderTiers } from '../../server/modules/tier/reorder.ts';
import { reviewTiers } from '../../server/modules/tier/review.ts';
import { saveTierRules } from '../../server/modules/tier/save-rules.ts';
import { updateTier } from '../../server/modules/tier/update.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { none, tiersOf, usual } from '../support/tiers.ts';

let it: Programme;

beforeAll(async () => {
  it = await startProgramme();
});
afterAll(() => it.stop());
const { rules, tier, outcomes, reset } = tiersOf(() => it);
beforeEach(() => reset());

describe('what counts', () => {
  test.each([
    ['renewals', { renewals: false }, '35.00', { why: 'renewals', amount: '100.00' }],
    ['setup', { setup: false }, '130.00', { why: 'setup', amount: '5.00' }],
    ['new orders', { newOrders: false }, '105.00', { why: 'new_orders', amount: '30.00' }],
  ])('%s can be left out, and the answer says so', async (_name, off, revenue, left) => {
    const reseller = await it.newReseller();
    await it.pay(
      reseller,
      { net: '30.00' },
      { net: '100.00', occasion: 'renewal' },
      { net: '5.00', kind: 'setup' },
      { net: '7.00', kind: 'fee' },
    );
    await rules({ counts: { ...usual.counts, ...off } });
    const { measures } = await getTierProgress(it.as(reseller), {});
    expect(measures.revenue).toBe(revenue);
    expect(measures.notCounted).toEqual([{ currency: 'USD', ...left }]);
  });

  test('refunds are taken off, or left alone', async () => {
    const reseller = await it.newReseller();
    await it.refund(await it.pay(reseller, { net: '30.00' }));
    await it.pay(reseller, { net: '12.00' });
    expect((await getTierProgress(it.as(reseller), {})).measures.revenue).toBe('12.00');
    await rules({ counts: { ...usual.counts, refundsDeducted: false } });
    expect((await getTierProgress(it.as(reseller), {})).measures.revenue).toBe('42.00');
  });

  test('another currency counts at the rate of its payment; a refund goes back at the same rate', async () => {
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '100.00', currency: 'EUR' });
    const before = (await getTierProgress(it.as(reseller), {})).measures;
    expect(before.revenue).toBe('0.00');
    expect(before.notCounted).toEqual([{ why: 'no_rate', currency: 'EUR', amount: '100.00' }]);

    await it.setRates({ EUR: '0.8', JPY: '150' });
    it.setClock('2027-03-11T12:00:00Z');
    const invoice = await it.pay(reseller, { net: '80.00', currency: 'EUR' });
    await it.pay(reseller, { net: '1000', currency: 'JPY' });
    it.setClock('2027-03-12T12:00:00Z');
    await it.setRates({ EUR: '0.5', JPY: '150' });
    const then = (await getTierProgress(it.as(reseller), {})).measures;
    expect(then.revenue).toBe('106.67');
    expect(then.counted).toEqual([
      { currency: 'EUR', amount: '80.00', converted: '100.00' },
      { currency: 'JPY', amount: '1000', converted: '6.67' },
    ]);
    await it.refund(invoice);
    expect((await getTierProgress(it.as(reseller), {})).measures.revenue).toBe('6.67');
    await it.pay(reseller, { net: '80.00', currency: 'EUR' });
    expect((await getTierProgress(it.as(reseller), {})).measures.revenue).toBe('166.67');
  });

  test('progress says what is missing to the next tier and what it would give', async () => {
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '25.00' });
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({
      tier: { id: 'bronze' },
      effectiveDiscountBp: 1000,
      next: {
        id: 'silver',
        effectiveDiscountBp: 1500,
        thresholds: [{ measure: 'revenue', needed: '100.00', have: '25.00', missing: '75.00', reachedBp: 2500 }],
      },
      nextReviewOn: '2027-04-01',
    });
  });

  test('a reseller sees its own progress and decisions alone', async () => {
    const [one, other] = [await it.newReseller(), await it.newReseller()];
    await it.pay(other, { net: '100.00' });
    await reviewTiers(it.system());
    for (const resellerId of [other.id, 'rs_unknown']) {
      await expect(getTierProgress(it.as(one), { resellerId })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await listTierDecisions(it.as(one), { resellerId: other.id })).rows).toEqual([]);
    expect((await listTierDecisions(it.as(other), {})).rows.map(Object.keys)).toEqual([
      ['id', 'resellerId', 'at', 'cause', 'outcome', 'fromTier', 'toTier', 'inputs'],
    ]);
  });
});

describe('the ladder', () => {
  test('a tier asks for no less than the one below it', async () => {
    await expect(tier('Gold', { ...none, minRevenue: '50.00' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(tier('Gold', { ...none, minRevenue: '0.00' })).rejects.toMatchObject({ path: '/minRevenue' });
    await expect(tier('Gold', { ...none, minRevenue: '1.001' })).rejects.toMatchObject({ path: '/minRevenue' });
    const { rows } = await listTiers(it.admin(), {});
    const ids = rows.map(({ id }) => id);
    await expect(reorderTiers(it.admin(), { ids: ids.toReversed() })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(reorderTiers(it.admin(), { ids: ids.slice(1) })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a tier is added, moved and deleted; its resellers go where they are sent, with their prices', async () => {
    const made = await createTier(it.admin(), { name: 'Starter', discountBp: 500 });
    const { rows } = await listTiers(it.admin(), {});
    const ids = rows.map(({ id }) => id);
    await reorderTiers(it.admin(), { ids: [made.id, ...ids.filter((id) => id !== made.id)] });
    expect((await listTiers(it.admin(), {})).rows[0]).toMatchObject({ id: made.id, position: 1 });
    const reseller = await it.newReseller({ tierId: made.id });
    const { version } = (await listTiers(it.admin(), {})).rows[0]!;
    await expect(removeTier(it.admin(), { id: made.id, version })).rejects.toMatchObject({
      code: 'conflict',
      path: '/targetId',
    });
    expect(await removeTier(it.admin(), { id: made.id, version, targetId: 'silver' })).toEqual({
      id: made.id,
      moved: 1,
    });
    expect(await it.row(reseller.id)).toMatchObject({ tier: { id: 'silver' }, effectiveDiscountBp: 1500 });
    expect(await outcomes(reseller.id)).toEqual(['moved']);
    await expect(removeTier(it.admin(), { id: made.id, version })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a new rate of a tier gives its resellers a new price list', async () => {
    const reseller = await it.newReseller({ tierId: 'platinum' });
    const listOf = async () =>
      (
        await it.sql<{ rule_set: string }>(
          'select rule_set from price_assignment where reseller_id = ? and replaced_at is null',
          [reseller.id],
        )
      )[0]!.rule_set;
    const before = await listOf();
    await tier('Platinum', { discountBp: 2600 });
    expect(await listOf()).not.toBe(before);
    expect(await it.row(reseller.id)).toMatchObject({ effectiveDiscountBp: 2600 });
    await tier('Platinum', { discountBp: 2500 });
    expect(await listOf()).toBe(before);
  });

  test('of two admins who change a tier, or the rules, one is told that the other was first', async () => {
    const { rows, rules: held } = await listTiers(it.admin(), {});
    const { position: _, ...gold } = rows.find(({ id }) => id === 'gold')!;
    const change = [2100, 2200].map((discountBp) => updateTier(it.admin(), { ...gold, discountBp }));
    expect((await Promise.allSettled(change)).map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await tier('Gold', { discountBp: 2000 });
    const saves = [10, 20].map((graceDays) =>
      saveTierRules(it.admin(), { ...usual, graceDays, version: held.version }),
    );
    expect((await Promise.allSettled(saves)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('a move by hand is a decision too, with a note that only the provider sees', async () => {
    const reseller = await it.newReseller();
    const { version } = await it.row(reseller.id);
    const note = 'Promised on the phone';
    await setTerms(it.admin(), { id: reseller.id, version, tierId: 'gold', ownDiscountBp: null, note });
    expect((await listTierDecisions(it.admin(), { resellerId: reseller.id })).rows).toMatchObject([
      { cause: 'manual', outcome: 'moved', fromTier: 'bronze', toTier: 'gold', note },
    ]);
    const seen = await it.sql(
      'select after, payload from activity a left join outbox o on true where after::text like ?',
      [`%${note}%`],
    );
    expect(seen).toEqual([]);
  });

  test('members are counted per tier, money per currency', async () => {
    const reseller = await it.newReseller({ tierId: 'diamond' });
    await it.pay(reseller, { net: '10.00' });
    await it.pay(reseller, { net: '7.00', currency: 'EUR' });
    const { rows } = await countTierMembers(it.admin(), {});
    const diamond = rows.find(({ id }) => id === 'diamond')!;
    expect(diamond.members).toBeGreaterThanOrEqual(1);
    expect(diamond.revenue.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  });
});
