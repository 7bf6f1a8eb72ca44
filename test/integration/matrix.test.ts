import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from '../../server/access.ts';
import { sections } from '../../server/modules/settings/sections/index.ts';
import { eventCatalogue } from '../../server/modules/outbox/event-catalogue.ts';
import { eventGroups } from '../../server/modules/outbox/event-types.ts';
import { fanOut } from '../../server/modules/webhook/fan-out.ts';
import { router } from '../../server/trpc/router.ts';
import type { AnyVerb } from '../../server/verb.ts';
import { allVerbs } from '../../server/verbs.ts';
import { Cast } from '../support/matrix/actors.ts';
import { entriesOf, foreignIds, view, walk } from '../support/matrix/checks.ts';
import { inBothModes, liveReach, liveRows, stirTestMode } from '../support/matrix/live-reach.ts';
import { fixtures } from '../support/matrix/fixtures.ts';
import { verbOf } from '../support/matrix/outcome.ts';
import { stir } from '../support/matrix/stir.ts';
import { World } from '../support/matrix/world.ts';
import fieldWords from '../../ui/src/lib/activity/fields.en.json' with { type: 'json' };

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await World.start();
  cast = new Cast(world);
});
afterAll(() => world.stop());

const procedures = allVerbs.map(({ procedure }) => procedure).toSorted();
const only = (holds: (verb: AnyVerb) => boolean) => procedures.filter((name) => holds(verbOf(name)));
const ofResellers = (name: string) => ['reseller', 'both', 'anyone'].includes(access[name]?.who ?? '');

test('the permission table and the fixtures name every procedure, and nothing else', () => {
  expect(Object.keys(access).toSorted()).toEqual(procedures);
  expect(Object.keys(fixtures).toSorted()).toEqual(procedures);
});

describe('every actor gets what the permission table says', () => {
  test.each(procedures)('%s', async (procedure) => {
    expect(verbOf(procedure).permission).toBe(access[procedure]!.permission);
    const { said, got } = await walk(world, cast, verbOf(procedure));
    expect(got).toEqual(said);
  });
});

describe('nobody gets anything', () => {
  const { procedures: routed } = Reflect.get(router, '_def') as { procedures: Record<string, unknown> };
  test.each(Object.keys(routed))('%s', async (procedure) => {
    const method = verbOf(procedure).mode === 'read' ? 'GET' : 'POST';
    for (const headers of [{}, { authorization: 'Bearer rsk_live_nobody' }, { authorization: 'Bearer e30.e30.e30' }]) {
      const response = await fetch(`${world.it.serviceUrl}/trpc/${procedure}`, { method, headers });
      expect(response.status).toBe(401);
    }
  });
});

describe('an id of another reseller is answered like one that is nobody’s', () => {
  test.each(procedures.filter(ofResellers))('%s', async (procedure) => {
    expect((await foreignIds(world, cast, verbOf(procedure))).wrong).toEqual([]);
  });
});

describe('a test key reaches nothing live', () => {
  test.each(procedures.filter(inBothModes))('%s', async (procedure) => {
    expect(await liveReach(world, cast, verbOf(procedure))).toEqual([]);
  });
});

test('what happens in test mode changes no row of live mode', async () => {
  await world.sold(world.one);
  const before = await liveRows(world);
  await stirTestMode(world, world.one);
  expect(await liveRows(world)).toEqual(before);
});

describe('every write leaves an entry in the activity log', () => {
  test.each(only(({ mode, procedure }) => mode !== 'read' && !access[procedure]?.unlogged))('%s', async (procedure) => {
    const { word, actions, strangers } = await entriesOf(world, cast, verbOf(procedure), world.other);
    expect(word).toBe('ok');
    expect(actions).toEqual(access[procedure]!.logs);
    expect(strangers).toEqual([]);
  });
});

test('every event that left is of a type of the catalogue, and is what the catalogue says', async () => {
  await fanOut(world.system());
  const left = await world.sql<{ type: string; payload: Record<string, unknown> }>(
    `select type, payload from outbox where split_part(type, '.', 1) = any(?::text[]) and position is not null
      union all select type, payload from test_mode.outbox where split_part(type, '.', 1) = any(?::text[])`,
    [`{${eventGroups.join(',')}}`, `{${eventGroups.join(',')}}`],
  );
  // Of what was erased the ids are left and nothing else.
  const erased = new Set(
    left.filter(({ type }) => type.endsWith('.erased')).flatMap((one) => Object.values(one.payload)),
  );
  const whole = left.filter(({ payload }) => !Object.values(payload).some((value) => erased.has(value)));
  const wrong = whole.flatMap(({ type, payload }) => {
    const known = eventCatalogue[type];
    const parsed = known?.data.strict().safeParse(payload);
    return parsed?.success ? [] : [{ type, payload, problem: parsed?.error.message ?? 'not in the catalogue' }];
  });
  expect(wrong).toEqual([]);
  expect(new Set(whole.map(({ type }) => type)).size).toBeGreaterThan(25);
});

test('what happens at one reseller changes nothing of what another is shown', async () => {
  const reads = only(({ mode, procedure }) => mode === 'read' && ofResellers(procedure)).map(verbOf);
  const look = async () => {
    const shown: Record<string, string> = {};
    for (const verb of reads) shown[verb.procedure] = await view(world, cast, verb);
    return shown;
  };
  await look();
  const before = await look();
  await stir(world, world.one);
  expect(await look()).toEqual(before);
});

test('every field that an entry holds is called by words in the activity log', async () => {
  const held = await world.it.service.orm.em.fork().execute<{ field: string; actions: string }[]>(
    `select field, string_agg(distinct action, ', ') as actions
       from activity, unnest(array[before, after]) as side, jsonb_object_keys(case jsonb_typeof(side) when 'object' then side end) as field
      group by 1 order by 1`,
  );
  const settings = Object.entries(sections).flatMap(([section, { schema }]) =>
    Object.keys((schema as unknown as { shape: object }).shape).map((field) => ({ field, actions: section })),
  );
  expect(held.length).toBeGreaterThan(80);
  expect([...held, ...settings].filter(({ field }) => !(field in fieldWords))).toEqual([]);
});
