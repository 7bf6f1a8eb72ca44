import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWithSwitches } from './mutate/copy.ts';
import { reachOf } from './mutate/reach.ts';
import { report, type Result } from './mutate/report.ts';
import { secondStage } from './mutate/second-stage.ts';
import { Tests } from './mutate/tests.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WALK = 'test/integration/mutants.test.ts';
/** A helper that many procedures use is tried with so many of them. */
const MOST_PROCEDURES = 14;

/*
 * Shows that the tests notice when a permission check, a reseller's filter or an activity entry is missing. In a copy of
 * the sources every such place gets a switch. The walk through all procedures is then sent past each place, switched off;
 * what it does not find is tried at the tests of the modules. The switches exist in the copy alone.
 * Takes a part of a path, to try the places in such files alone.
 */
const { copy, points, files } = copyWithSwitches(ROOT);
const reach = reachOf(ROOT, files);
const only = process.argv[2];
const mutants = points
  .filter(({ file }) => only === undefined || file.includes(only))
  .map(({ id, kind, file, line, text, walkOnly }) => ({
    key: id,
    kind,
    where: `${file}:${line}`,
    text,
    walkOnly,
    procedures: reach(file).slice(0, MOST_PROCEDURES),
  }));
const held = { key: 'held', kind: 'permission', where: 'server/verb.ts', text: 'held back', procedures: [] };
writeFileSync(
  join(copy, 'mutants.json'),
  JSON.stringify({ mutants: only === undefined ? [...mutants, held] : mutants, central: only === undefined }),
);
writeFileSync(join(copy, WALK), `import '../support/matrix/mutants.ts';\n`);
const tests = await Tests.start(copy);
try {
  process.exitCode = await run();
} finally {
  await tests.stop();
  rmSync(copy, { recursive: true, force: true });
}

async function run(): Promise<number> {
  const walk = await tests.run(WALK, 'walk');
  const file = join(copy, 'report.json');
  if (walk.failed || !existsSync(file)) {
    process.stdout.write(`The walk did not end: ${walk.failed}\n`);
    return 1;
  }
  const results = JSON.parse(readFileSync(file, 'utf8')) as (Result & { walkOnly: boolean })[];
  await secondStage(
    tests,
    copy,
    results.filter(({ by, walkOnly }) => by === null && !walkOnly),
  );
  return report(results);
}
