import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { access } from '../../../server/access.ts';
import { allVerbs } from '../../../server/verbs.ts';
import { Cast } from './actors.ts';
import { kill, type Mutant, wrongAlready } from './kill.ts';
import { World } from './world.ts';

type Planted = Mutant & { where: string; text: string; walkOnly?: boolean };
const read = JSON.parse(readFileSync('mutants.json', 'utf8')) as { mutants: Planted[]; central: boolean };

/** Each verb's own passage through the checks that stand once for all of them. */
const central = allVerbs.flatMap(({ procedure, permission, mode }): Planted[] => {
  const where = { where: `server/verb.ts for ${procedure}`, text: '', procedures: [procedure] };
  return [
    ...(permission === null ? [] : [{ key: `permission ${procedure}`, kind: 'permission' as const, ...where }]),
    // Others are refused to a reseller, and so to whoever looks on, before this check is reached.
    ...(mode === 'read' || !['reseller', 'both'].includes(access[procedure]!.who)
      ? []
      : [{ key: `view ${procedure}`, kind: 'view' as const, ...where }]),
  ];
});

// Run by scripts/mutate.ts alone, in a copy of the sources in which the switches are.
test('every mutant is killed', async () => {
  const world = await World.start();
  const cast = new Cast(world);
  const results: object[] = [];
  const mutants = [...(read.central ? central : []), ...read.mutants];
  expect(await wrongAlready(world, cast, mutants)).toEqual([]);
  for (const mutant of mutants) {
    const { procedures: _procedures, ...told } = mutant;
    results.push({ ...told, stage: 'walk', ...(await kill(world, cast, mutant)) });
  }
  writeFileSync('report.json', JSON.stringify(results));
  await world.stop();
  expect(results.length).toBeGreaterThan(0);
}, 1_800_000);
