import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureUi } from './ensure-ui.ts';
import { writeClient } from './write-client.ts';
import { writeSchemas } from './write-schemas.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes what the package holds below dist/: the screens, server and hooks as JavaScript with types (Node strips no types
 * below node_modules), the contract as JSON Schema, and the API's client. Run before every `npm pack`.
 */
async function buildPackage(): Promise<void> {
  ensureUi();
  for (const part of ['client', 'server', 'hooks', 'schemas'])
    rmSync(join(ROOT, 'dist', part), { recursive: true, force: true });
  compile();
  // Served to the host's pages as it is; the compiler takes TypeScript only.
  cpSync(join(ROOT, 'hooks', 'frame'), join(ROOT, 'dist', 'hooks', 'frame'), { recursive: true });
  const docs = join('server', 'http', 'docs', 'assets');
  cpSync(join(ROOT, docs), join(ROOT, 'dist', docs), { recursive: true });
  // What a provider copies into FOSSBilling's modules folder.
  const module = join('hooks', 'hosts', 'fossbilling', 'module');
  cpSync(join(ROOT, module), join(ROOT, 'dist', module), { recursive: true });
  writeSchemas(join(ROOT, 'dist'));
  await writeClient(join(ROOT, 'dist'));
}

function compile(): void {
  const compiler = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const outcome = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (outcome.status !== 0) throw new Error('The sources could not be compiled; see above.');
}

await buildPackage();
