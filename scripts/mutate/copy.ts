import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { central, type Point, withSwitches } from './points.ts';

const LEFT = new Set(['node_modules', '.git', '.data', 'dist', 'bench']);

/** Copies the sources below `root` and puts a switch at each place. Answers the copy, its places, and the files of the server. */
export function copyWithSwitches(root: string): { copy: string; points: Point[]; files: string[] } {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const name of readdirSync(root))
    if (!LEFT.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'migrations/0099_unseen.sql'),
    'create table activity_unseen (like activity including defaults including identity);',
  );
  const files = readdirSync(join(root, 'server'), { withFileTypes: true, recursive: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  let count = 0;
  const points = files
    .filter((file) => /^server\/(modules|http|trpc)\//.test(file))
    .flatMap((file) => {
      const planted = withSwitches(file, readFileSync(join(copy, file), 'utf8'), () => (count += 1));
      writeFileSync(join(copy, file), planted.text);
      return planted.points;
    });
  for (const { file, find, put } of central) {
    const text = readFileSync(join(copy, file), 'utf8');
    if (!text.includes(find)) throw new Error(`${file} has no "${find}" any more: mend scripts/mutate/points.ts.`);
    writeFileSync(
      join(copy, file),
      text.replace(find, () => put),
    );
  }
  return { copy, points, files };
}
