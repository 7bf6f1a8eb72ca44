import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { central, type Point, withSwitches } from './mutate/points.ts';
import { reachOf } from './mutate/reach.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A helper that many procedures use is tried with so many of them. */
const MOST_PROCEDURES = 14;

/** Places found so far. */
let count = 0;

/*
 * Shows that the tests notice when a permission check, a reseller's filter or an activity entry is missing. In a copy of
 * the sources every such place gets a switch; the walk through all procedures is then sent past each place, switched off.
 * The switches exist in the copy alone.
 */
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  process.exitCode = run();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function run(): number {
  const left = new Set(['node_modules', '.git', '.data', 'dist', 'docs', 'bench']);
  for (const name of readdirSync(ROOT))
    if (!left.has(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const files = sources('server').filter((file) => !file.endsWith('.test.ts'));
  const reach = reachOf(ROOT, files);
  const points = files.filter((file) => file.startsWith('server/modules/')).flatMap(plant);
  plantCentral();
  const only = process.argv[2];
  const mutants = points
    .filter(({ file }) => only === undefined || file.includes(only))
    .map(({ id, kind, file, line, text }) => ({
      key: id,
      kind,
      where: `${file}:${line}`,
      text,
      procedures: reach(file).slice(0, MOST_PROCEDURES),
    }));
  writeFileSync(join(copy, 'mutants.json'), JSON.stringify({ mutants, central: only === undefined }));
  writeFileSync(join(copy, 'test/integration/mutants.test.ts'), `import '../support/matrix/mutants.ts';\n`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const command = [vitest, 'run', '--project', 'integration', 'test/integration/mutants.test.ts', '--reporter', 'dot'];
  const { status } = spawnSync(process.execPath, command, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  const file = join(copy, 'report.json');
  if (!existsSync(file)) {
    process.stdout.write(`The walk did not end (status ${status}).\n`);
    return 1;
  }
  return report(JSON.parse(readFileSync(file, 'utf8')) as Result[]);
}

interface Result {
  kind: Point['kind'];
  where: string;
  text: string;
  by: string | null;
  reached: boolean;
}

function report(results: Result[]): number {
  const alive = results.filter(({ by }) => by === null);
  for (const { kind, where, text, reached } of alive)
    process.stdout.write(`SURVIVED ${kind} ${where} ${text}${reached ? '' : ' (not reached)'}\n`);
  for (const kind of ['permission', 'view', 'filter', 'entry'] as const) {
    const all = results.filter((result) => result.kind === kind);
    const killed = all.filter(({ by }) => by !== null).length;
    process.stdout.write(`${kind.padEnd(10)} ${killed} of ${all.length} killed\n`);
  }
  return alive.length === 0 ? 0 : 1;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function plant(file: string): Point[] {
  const { text, points } = withSwitches(file, readFileSync(join(ROOT, file), 'utf8'), () => (count += 1));
  writeFileSync(join(copy, file), text);
  return points;
}

function plantCentral(): void {
  const file = join(copy, 'server/verb.ts');
  let text = readFileSync(file, 'utf8');
  for (const { find, put } of central) {
    if (!text.includes(find))
      throw new Error(`server/verb.ts has no "${find}" any more: mend scripts/mutate/points.ts.`);
    text = text.replace(find, put);
  }
  writeFileSync(file, text);
}
