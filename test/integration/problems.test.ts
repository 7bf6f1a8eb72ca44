import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../../server/modules/activity/list.ts';
import { watchLists } from '../../server/modules/price-list/confirm.ts';
import { acknowledgeProblem } from '../../server/modules/problem/acknowledge.ts';
import { listProblems } from '../../server/modules/problem/list.ts';
import { raiseProblem } from '../../server/modules/problem/raise.ts';
import { resolveProblem } from '../../server/modules/problem/resolve.ts';
import type { ResellerRow } from '../../server/modules/reseller/schemas.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let one: ResellerRow;
beforeAll(async () => {
  it = await startInstallation();
  one = await it.makeReseller();
});
afterAll(() => it.stop());

const later = (hours: number) => ({ ...it.system(), now: new Date(Date.now() + hours * 3_600_000) });
const rows = async (input: Parameters<typeof listProblems>[1] = {}) => (await listProblems(it.admin(), input)).rows;

test('the same problem is counted, not listed twice; it is taken on, resolved, and opens anew when it is seen again', async () => {
  const problem = { key: 'test:1', message: 'Something is off', severity: 'warning' as const, resellerId: one.id };
  await raiseProblem(it.system(), problem);
  await raiseProblem(it.system(), { ...problem, message: 'Something is more off' });
  const [seen] = await rows();
  expect(await rows()).toHaveLength(1);
  expect(seen).toMatchObject({ kind: 'test', message: 'Something is more off', count: 2, state: 'open', owner: null });
  const taken = await acknowledgeProblem(it.admin(), { id: seen!.id, version: seen!.version, note: 'mine' });
  expect(taken).toMatchObject({ state: 'acknowledged', owner: 'admin:test', note: 'mine' });
  // Another admin who saw the earlier version.
  for (const settle of [acknowledgeProblem, resolveProblem]) {
    await expect(settle(it.admin(), { id: seen!.id, version: seen!.version })).rejects.toMatchObject({
      code: 'version_mismatch',
    });
  }
  const done = await resolveProblem(it.admin(), { id: seen!.id, version: taken.version });
  expect(await rows()).toEqual([]);
  expect(await rows({ state: 'resolved' })).toMatchObject([{ id: seen!.id, owner: 'admin:test' }]);
  await expect(resolveProblem(it.admin(), { id: seen!.id, version: done.version })).rejects.toMatchObject({
    code: 'conflict',
  });
  await raiseProblem(it.system(), problem);
  expect(await rows({ severity: 'warning', resellerId: one.id })).toMatchObject([
    { id: seen!.id, state: 'open', count: 1, owner: null, note: null },
  ]);
  expect(await rows({ severity: 'danger' })).toEqual([]);
  const actions = (await listActivity(it.admin(), { subjectType: 'problem' })).rows.map(({ action }) => action);
  expect(actions).toEqual(['problem.resolved', 'problem.acknowledged']);
  expect((await listActivity(it.as(one), { subjectType: 'problem' })).rows).toEqual([]);
  await expect(acknowledgeProblem(it.admin(), { id: 'prb_unknown', version: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(listProblems(it.as(one), {})).rejects.toMatchObject({ code: 'forbidden' });
});

test('price lists that the host did not confirm for 24 hours are a problem until it fetches them again', async () => {
  const open = async () => (await rows()).filter(({ kind }) => kind === 'price_lists_unconfirmed');
  await it.settle();
  await watchLists(later(23));
  expect(await open()).toEqual([]);
  await watchLists(later(25));
  expect(await open()).toMatchObject([{ severity: 'danger', message: expect.stringContaining('168 hours') }]);
  await watchLists(it.system());
  expect(await open()).toEqual([]);
});
