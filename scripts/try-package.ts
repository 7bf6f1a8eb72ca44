import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '../server/platform/database/provide.ts';
import { THROWAWAY } from '../server/platform/postgres/cluster.ts';
import { startEmbeddedPostgres } from '../server/platform/postgres/embedded.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What a run of the package in an empty folder said. */
export interface TriedPackage {
  /** Name and size of the tarball. */
  tarball: string;
  files: number;
  packedBytes: number;
  installSeconds: number;
  /** Lines of the example host: it sold at wholesale, was paid, and saw the revenue. */
  output: string;
  /** What the command of the package answered to `manifest check`. */
  command: string;
}

/**
 * Packs the package, installs the tarball into an empty folder, and runs the example host there with plain JavaScript:
 * what somebody who installs it gets. Needs the registry, or a filled cache.
 * @throws Error with the output of the step that failed
 */
export async function tryPackage(): Promise<TriedPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'reseller-package-'));
  // PostgreSQL may run as another user than this one.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(join(folder, 'data'), { settings: THROWAWAY });
  try {
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT)) as [
      { filename: string; size: number; entryCount: number },
    ];
    const app = join(folder, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{ "name": "example-host", "private": true, "type": "module" }\n');
    const began = Date.now();
    run('npm', ['install', '--ignore-scripts', '--omit=optional', join(folder, packed.filename)], app);
    const installSeconds = Math.round((Date.now() - began) / 100) / 10;
    writeFileSync(join(app, 'node-host.mjs'), inJavaScript('test/support/node-host.ts'));
    writeFileSync(join(app, 'host.mjs'), inJavaScript('test/support/node-host-main.ts'));
    await createDatabase(server.url('postgres'), 'packaged');
    const output = run(process.execPath, ['host.mjs', server.url('packaged')], app);
    const client = "if (typeof (await import('reseller-plugin/client')).createClient !== 'function') process.exit(1)";
    run(process.execPath, ['--input-type=module', '-e', client], app);
    const command = run(
      process.execPath,
      [join('node_modules', 'reseller-plugin', 'bin', 'reseller-plugin.js'), 'manifest', 'check'],
      app,
    );
    return {
      tarball: packed.filename,
      files: packed.entryCount,
      packedBytes: packed.size,
      installSeconds,
      output,
      command,
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The source as an installed package's user would write it. */
function inJavaScript(path: string): string {
  const source = stripTypeScriptTypes(readFileSync(join(ROOT, path), 'utf8'));
  return source
    .replaceAll(/'[^']*server\/plugin\.ts'/g, "'reseller-plugin'")
    .replaceAll("'./node-host.ts'", "'./node-host.mjs'");
}

function run(command: string, args: string[], cwd: string): string {
  const outcome = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000, maxBuffer: 64 * 1024 * 1024 });
  if (outcome.status === 0) return outcome.stdout;
  throw new Error(`${command} ${args.join(' ')}\n${outcome.stdout}\n${outcome.stderr}${outcome.error?.message ?? ''}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await tryPackage(), null, 2)}\n`);
}
