import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Builds the fragments: `node ui/build.ts [admin] [portal] [panels]`. Output: `dist/ui/<surface>`, static files that work below
 * any path. The server fills in `%RESELLER_UI_BASE%` and `%RESELLER_PARENT_ORIGIN%` when it serves a shell.
 */
const SURFACES = ['admin', 'portal', 'panels'];

const here = import.meta.dirname;
const vitePackage = createRequire(import.meta.url).resolve('vite/package.json');
const vite = join(dirname(vitePackage), 'bin/vite.js');

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Replaces a piece of the generated shell, and fails loudly when a new version of the framework writes it otherwise. */
function replace(html: string, from: string | RegExp, to: string): string {
  const changed = html.replace(from, to);
  if (changed === html) throw new Error(`The shell has no ${String(from)} any more: adapt ui/build.ts.`);
  return changed;
}

/** Makes the shell independent of where it is mounted: all addresses follow its `<base>`. Hashes are made anew. */
function relativeShell(html: string): string {
  let shell = html.replaceAll('"/_app/', '"./_app/');
  shell = replace(shell, 'base: ""', "base: new URL('.', document.baseURI).pathname.slice(0, -1)");
  const scripts = [...shell.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => sha256(code ?? ''));
  const styles = [...shell.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, code]) => sha256(code ?? ''));
  shell = replace(shell, /script-src 'self'[^;]*/, `script-src 'self' ${scripts.join(' ')}`);
  return replace(shell, /style-src 'self'[^;]*/, `style-src 'self' ${styles.join(' ')}`);
}

/** Most bytes as a browser fetches them, brotli (screens.md 5.1: phones behind slow lines). */
const LIMITS: Record<string, number> = { admin: 190_000, portal: 150_000, panels: 60_000 };
const MOST = { css: 14_000, messages: 20_000 };

/** Prints what a fragment weighs. @throws when it is heavier than it may be: first remove, then split */
function checkSize(surface: string, made: string): void {
  const app = join(made, '_app/immutable');
  const sum = (folder: string, named: RegExp): number =>
    readdirSync(folder)
      .filter((name) => named.test(name))
      .reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0);
  const weights = [
    { what: 'script', bytes: sum(app, /\.js\.br$/), most: LIMITS[surface] ?? 0 },
    { what: 'style', bytes: sum(join(app, 'assets'), /\.css\.br$/), most: MOST.css },
    // What every start fetches: `de.<hash>.json`. Words of single screens are fetched there, and named otherwise.
    {
      what: 'messages of one language',
      bytes: sum(join(app, 'assets'), /^[a-z]{2}\..*\.json\.br$/),
      most: MOST.messages,
    },
  ];
  const kilo = (bytes: number): string => (bytes / 1000).toFixed(1);
  for (const { what, bytes, most } of weights) {
    process.stderr.write(`${surface}: ${what} ${kilo(bytes)} of ${kilo(most)} kB\n`);
    if (bytes > most) throw new Error(`The ${what} of ${surface} is ${bytes - most} bytes over its limit.`);
  }
}

function build(surface: string): void {
  const run = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Tests set another one, and would look at a build with the checks of development in it.
    env: { ...process.env, NODE_ENV: 'production', RESELLER_SURFACE: surface },
  });
  if (run.status !== 0) throw new Error(`The ${surface} fragment could not be built.`);
  const made = join(here, '../dist/.ui', surface);
  const shell = join(made, 'index.html');
  writeFileSync(shell, relativeShell(readFileSync(shell, 'utf8')));
  // Made from the shell before it was changed; a server fills in the shell and compresses it by itself.
  for (const stale of ['.br', '.gz']) rmSync(shell + stale, { force: true });
  checkSize(surface, made);
  const place = join(here, '../dist/ui', surface);
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { recursive: true, force: true });
  renameSync(made, place);
}

const asked = process.argv.slice(2);
for (const surface of asked.length > 0 ? asked : SURFACES) build(surface);
