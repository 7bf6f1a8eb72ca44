import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from './report.ts';
import type { Ended, Tests } from './tests.ts';

/** So many test files at most that come past a mutant are tried at it. */
const MOST_FILES = 12;

/**
 * Tries what the walk did not find at the tests of the modules: what jobs, events and screens come past. For each mutant
 * they are taken one by one, the nearest to its module first: run with nothing switched off (once for all mutants), which
 * shows whether it passes and comes past the place, and then with the mutant, until one fails.
 */
export async function secondStage(tests: Tests, copy: string, left: readonly Result[]): Promise<void> {
  const folder = 'test/integration';
  const files = readdirSync(join(copy, folder))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(copy, folder, name), 'utf8') }))
    .filter(({ text }) => mayTry(text));
  const known = new Map<string, Ended>();
  const asItIs = async (file: string): Promise<Ended> => {
    const ended = known.get(file) ?? (await tests.run(file, null));
    if (ended.failed && !known.has(file))
      process.stdout.write(`${file} fails with nothing switched off, and is not asked: ${ended.failed}\n`);
    known.set(file, ended);
    return ended;
  };
  for (const [at, mutant] of left.entries()) {
    process.stderr.write(`${at + 1} of ${left.length}: ${mutant.kind} ${mutant.where}\n`);
    mutant.stage = 'tests';
    let tried = 0;
    for (const { file } of nearestFirst(mutant.where, files)) {
      if (tried === MOST_FILES) break;
      const { failed: already, reached } = await asItIs(file);
      if (already || !reached.has(String(mutant.key))) continue;
      tried += 1;
      mutant.reached = true;
      process.stderr.write(`  at ${file}\n`);
      const { failed } = await tests.run(file, mutant.key);
      if (!failed) continue;
      mutant.by = `${file} > ${failed}`;
      break;
    }
  }
}

/** Tests that run the service in their own process, where the switches are; the walk itself had its turn. */
function mayTry(text: string): boolean {
  return text.includes(`'../support/`) && !/startChild|ensure-ui|support\/matrix/.test(text);
}

/** Those that import the mutant's file, then those named after it or its folder, by what they import of it, the short ones. */
function nearestFirst<File extends { file: string; text: string }>(where: string, files: readonly File[]): File[] {
  const [path = '', folder = ''] = /^(server\/(?:.*\/)?)[^/]*\.ts/.exec(where) ?? [];
  const names = new Set(path.replace('.ts', '').split('/').slice(1));
  const named = ({ file }: File) => [...names].some((name) => file.includes(`/${name.replace(/s$/, '')}`));
  const near = (each: File) =>
    (each.text.includes(`/${path}'`) ? 1000 : 0) + (named(each) ? 500 : 0) + each.text.split(`/${folder}`).length;
  return files.toSorted((a, b) => near(b) - near(a) || a.text.length - b.text.length);
}
