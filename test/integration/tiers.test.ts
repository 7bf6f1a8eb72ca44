import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { listTierDecisions } from '../../server/modules/tier/decisions.ts';
import { pinTier } from '../../server/modules/tier/pin.ts';
import { overviewOfReseller } from '../../server/modules/revenue/overview.ts';
import { getTierProgress } from '../../server/modules/tier/progress.ts';
import { reviewTiers } from '../../server/modules/tier/review.ts';
import { listTierStandings } from '../../server/modules/tier/standings.ts';
import { setStatus } from '../../server/modules/reseller/set-status.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { none, tiersOf } from '../support/tiers.ts';

let it: Programme;

beforeAll(async () => {
  it = await startProgramme();
});
afterAll(() => it.stop());
const { rules, tier, tierOf, outcomes, reset } = tiersOf(() => it);
beforeEach(() => reset());

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
