import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'dist', 'ui', '.sources');

/** Builds the screens unless the build at hand was made from these very sources. */
export function ensureUi(): void {
  const sources = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  process.stderr.write('Building the screens (some seconds, once) …\n');
  const outcome = spawnSync(process.execPath, [join(ROOT, 'ui', 'build.ts')], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (outcome.status !== 0) throw new Error('The screens could not be built; see above.');
  mkdirSync(join(ROOT, 'dist', 'ui'), { recursive: true });
  writeFileSync(STAMP, sources);
}

/** A hash over everything the build reads. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', '.svelte-kit'].includes(entry.name)) walk(path);
      } else hash.update(`${path.slice(ROOT.length)}\0`).update(readFileSync(path));
    }
  };
  for (const folder of ['ui', 'hooks/prices']) walk(join(ROOT, folder));
  hash.update(readFileSync(join(ROOT, 'package-lock.json')));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureUi();
