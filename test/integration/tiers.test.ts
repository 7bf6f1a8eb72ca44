import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { listTierDecisions } from '../../server/modules/tier/decisions.ts';
import { createTier } from '../../server/modules/tier/create.ts';
import { listTiers } from '../../server/modules/tier/list.ts';
import { countTierMembers } from '../../server/modules/tier/members.ts';
import { pinTier } from '../../server/modules/tier/pin.ts';
import { overviewOfReseller } from '../../server/modules/revenue/overview.ts';
import { getTierProgress } from '../../server/modules/tier/progress.ts';
import { removeTier } from '../../server/modules/tier/remove.ts';
import { reorderTiers } from '../../server/modules/tier/reorder.ts';
import { reviewTiers } from '../../server/modules/tier/review.ts';
import { saveTierRules } from '../../server/modules/tier/save-rules.ts';
import { listTierStandings } from '../../server/modules/tier/standings.ts';
import { updateTier } from '../../server/modules/tier/update.ts';
import type { RulesOfTiers } from '../../server/modules/tier/rules.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { setTerms } from '../../server/modules/reseller/set-terms.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let it: Programme;
beforeAll(async () => {
  it = await startProgramme();
});
afterAll(() => it.stop());

const usual: RulesOfTiers = {
  automatic: true,
  period: 'rolling12',
  counts: { newOrders: true, renewals: true, setup: true, refundsDeducted: true },
  upgrade: 'at_once',
  reviewEvery: 'month',
  graceDays: 30,
};

async function rules(changes: Partial<RulesOfTiers> = {}): Promise<void> {
  const { version } = (await listTiers(it.admin(), {})).rules;
  await saveTierRules(it.admin(), { ...usual, ...changes, version });
  await reviewTiers(it.system());
}

async function tier(name: string, changes: object): Promise<void> {
  const { rows } = await listTiers(it.admin(), {});
  const held = rows.find((row) => row.name === name)!;
  const { position: _, ...input } = held;
  await updateTier(it.admin(), { ...input, ...changes });
}

const none = { minRevenue: null, minServices: null, minOrders: null, match: 'all' as const };
beforeEach(async () => {
  it.setClock('2027-03-10T12:00:00Z');
  for (const name of ['Diamond', 'Platinum', 'Gold', 'Silver']) await tier(name, none);
  await tier('Silver', { ...none, minRevenue: '100.00' });
  await tier('Gold', { ...none, minRevenue: '1000.00' });
  await rules();
});

const tierOf = async (id: string): Promise<string> => (await it.row(id)).tier.id;
const outcomes = async (resellerId: string) =>
  (await listTierDecisions(it.admin(), { resellerId })).rows.map(({ outcome }) => outcome);

test('how a reseller stands in its tier is for itself and for staff who may see resellers', async () => {
  const reseller = await it.newReseller();
  const { permissions, ...actor } = it.admin().actor as Extract<ServiceContext['actor'], { kind: 'admin' }>;
  const without = new Set([...permissions].filter((name) => name !== 'resellers:read'));
  const asked = { resellerId: reseller.id };
  expect((await getTierProgress(it.admin(), asked)).resellerId).toBe(reseller.id);
  await expect(
    getTierProgress({ ...it.admin(), actor: { ...actor, permissions: without } }, asked),
  ).rejects.toMatchObject({ code: 'not_found' });
});

describe('moving up', () => {
  test('a payment that reaches a threshold upgrades at once, over several tiers, with the new prices', async () => {
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '99.99' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    await it.pay(reseller, { net: '900.01' });
    expect(await reviewTiers(it.system())).toEqual({ looked: 1, moved: 1 });
    const row = await it.row(reseller.id);
    expect(row).toMatchObject({ tier: { id: 'gold' }, effectiveDiscountBp: 2000, discountSource: 'tier_rate' });
    const held = await it.sql<{ n: number }>(
      `select count(distinct rule_set)::int as n from price_assignment where reseller_id = ?`,
      [reseller.id],
    );
    expect(held).toEqual([{ n: 2 }]);
    const jobs = await it.sql(`select 1 from jobs.job where name = 'lower-locks' and data ->> 'resellerId' = ?`, [
      reseller.id,
    ]);
    expect(jobs).toHaveLength(1);
    const entries = await it.sql<{ action: string }>('select action from activity where reseller_id = ? order by id', [
      reseller.id,
    ]);
    expect(entries.map(({ action }) => action)).toContain('tier.upgraded');
    expect(await reviewTiers(it.system())).toEqual({ looked: 0, moved: 0 });
  });

  test('each decision keeps the measures, thresholds and rules it was made from', async () => {
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '150.00' }, { net: '20.00', kind: 'setup' });
    await reviewTiers(it.system());
    const [decision] = (await listTierDecisions(it.admin(), { resellerId: reseller.id })).rows;
    expect(decision).toMatchObject({
      cause: 'threshold',
      outcome: 'up',
      fromTier: 'bronze',
      toTier: 'silver',
      inputs: {
        measures: { from: '2026-03-11', until: '2027-03-10', currency: 'USD', revenue: '170.00' },
        rules: { period: 'rolling12', graceDays: 30 },
      },
    });
    expect(decision?.inputs['thresholds']).toContainEqual({
      tier: 'silver',
      name: 'Silver',
      match: 'all',
      thresholds: [{ measure: 'revenue', needed: '10000', have: '17000' }],
    });
  });

  test('while rules are off no tier is named as the next one, and only the highest is called so', async () => {
    const reseller = await it.newReseller({ tierId: 'silver' });
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({ next: { id: 'gold' }, isHighest: false });
    expect((await overviewOfReseller(it.as(reseller), {})).tier).toMatchObject({
      automatic: true,
      next: { id: 'gold', thresholds: [{ needed: '1000.00' }] },
    });
    await rules({ automatic: false });
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({
      automatic: false,
      next: null,
      isHighest: false,
    });
    const top = await it.newReseller({ tierId: 'diamond' });
    expect(await getTierProgress(it.as(top), {})).toMatchObject({ next: null, isHighest: true });
  });

  test('where upgrades wait for a review, it is announced before and comes with it', async () => {
    await rules({ upgrade: 'at_review' });
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '100.00' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({
      standing: 'upgrade_ready',
      dueOn: '2027-04-01',
    });
    it.setClock('2027-04-01T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
    expect(await outcomes(reseller.id)).toEqual(['up', 'upgrade_ready']);
  });

  test('thresholds ask for all, or for any: services and orders count beside revenue', async () => {
    await tier('Silver', { ...none, minRevenue: '100.00', minServices: 2, match: 'all' });
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '100.00' });
    await it.serve(reseller, `s1-${reseller.id}`, 'active');
    await it.serve(reseller, `s2-${reseller.id}`, 'suspended');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    await it.serve(reseller, `s2-${reseller.id}`, 'active');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');

    await tier('Silver', { ...none, minRevenue: '100.00', minServices: 1, match: 'any' });
    const other = await it.newReseller();
    await it.serve(other, `s-${other.id}`, 'active');
    await reviewTiers(it.system());
    expect(await tierOf(other.id)).toBe('silver');
  });

  test('a tier without thresholds is neither reached nor lost by rules', async () => {
    const reseller = await it.newReseller({ tierId: 'diamond' });
    await it.pay(reseller, { net: '5000.00' });
    await reviewTiers(it.system());
    it.setClock('2028-09-01T12:00:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('diamond');
    const other = await it.newReseller();
    await it.pay(other, { net: '5000.00' });
    await reviewTiers(it.system());
    expect(await tierOf(other.id)).toBe('gold');
  });

  test('rules that are off move nobody, but say where they would', async () => {
    await rules({ automatic: false });
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '1000.00' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    const { rows } = await listTierStandings(it.admin(), { standing: 'upgrade_ready' });
    expect(rows.find((row) => row.resellerId === reseller.id)).toMatchObject({ target: { id: 'gold' } });
    expect(await outcomes(reseller.id)).toEqual([]);
  });

  test('a suspended reseller is not reviewed, and is when it is active again', async () => {
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '100.00' });
    const { version } = await it.row(reseller.id);
    const suspended = await setStatus(it.admin(), { id: reseller.id, version, status: 'suspended', publicReason: 'x' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    await setStatus(it.admin(), { id: reseller.id, version: suspended.version, status: 'active' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
  });
});

describe('moving down', () => {
  test('only at a review, and only after the whole grace', async () => {
    const reseller = await it.newReseller();
    const invoice = await it.pay(reseller, { net: '100.00' });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
    it.setClock('2027-03-12T12:00:00Z');
    await it.refund(invoice);
    await reviewTiers(it.system());
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({
      standing: 'at_risk',
      belowSince: '2027-03-12',
      graceUntil: '2027-04-11',
      dueOn: '2027-05-01',
    });
    it.setClock('2027-04-02T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
    it.setClock('2027-04-20T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
    it.setClock('2027-05-01T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
    expect((await outcomes(reseller.id))[0]).toBe('down');
  });

  test('who recovers within the grace begins anew', async () => {
    const reseller = await it.newReseller();
    const invoice = await it.pay(reseller, { net: '100.00' });
    await reviewTiers(it.system());
    await it.refund(invoice);
    await reviewTiers(it.system());
    it.setClock('2027-04-05T12:00:00Z');
    await it.pay(reseller, { net: '100.00' });
    await reviewTiers(it.system());
    expect(await getTierProgress(it.as(reseller), {})).toMatchObject({ standing: 'holding', belowSince: null });
    it.setClock('2027-05-01T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('silver');
  });

  test('money older than twelve months counts no more; over a lifetime it does', async () => {
    it.setClock('2026-03-10T12:00:00Z');
    const reseller = await it.newReseller();
    await it.pay(reseller, { net: '60.00' });
    it.setClock('2026-03-11T12:00:00Z');
    await it.pay(reseller, { net: '40.00' });
    it.setClock('2027-03-10T12:00:00Z');
    expect((await getTierProgress(it.as(reseller), {})).measures).toMatchObject({
      from: '2026-03-11',
      revenue: '40.00',
    });
    await rules({ period: 'lifetime' });
    expect((await getTierProgress(it.as(reseller), {})).measures).toMatchObject({ from: null, revenue: '100.00' });
  });

  test('a pinned reseller stays, up and down, until it is let go', async () => {
    const reseller = await it.newReseller({ tierId: 'gold' });
    const { version } = await it.row(reseller.id);
    await pinTier(it.admin(), { resellerId: reseller.id, version, pinned: true, reason: 'Partner of the first hour' });
    await expect(pinTier(it.admin(), { resellerId: reseller.id, version, pinned: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    await reviewTiers(it.system());
    it.setClock('2027-09-01T00:05:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('gold');
    const own = JSON.stringify([
      await getTierProgress(it.as(reseller), {}),
      await listTierDecisions(it.as(reseller), {}),
    ]);
    expect(own).not.toContain('Partner of the first hour');
    await pinTier(it.admin(), { resellerId: reseller.id, version, pinned: false });
    await reviewTiers(it.system());
    expect((await getTierProgress(it.as(reseller), {})).belowSince).toBe('2027-09-01');
  });

  test('the day the rules are switched on is no review: nobody is lowered by it', async () => {
    await rules({ automatic: false });
    it.setClock('2027-06-15T12:00:00Z');
    const reseller = await it.newReseller({ tierId: 'gold' });
    await rules({ graceDays: 0 });
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('gold');
    it.setClock('2027-07-01T12:00:00Z');
    await reviewTiers(it.system());
    expect(await tierOf(reseller.id)).toBe('bronze');
  });
});

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
