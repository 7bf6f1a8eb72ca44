import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Php } from './find-php.ts';

/** What is used of @php-wasm/universal. */
interface Runtime {
  mkdirTree(path: string): void;
  writeFile(path: string, content: Uint8Array): void;
  fileExists(path: string): boolean;
  readFileAsBuffer(path: string): Uint8Array;
  cli(parameters: string[]): Promise<{
    stdoutText: Promise<string>;
    stderrText: Promise<string>;
    exitCode: Promise<number>;
  }>;
  exit(): void;
}
interface Universal {
  loadPHPRuntime(loader: unknown, options: object): Promise<number>;
  PHP: new (runtime: number) => Runtime;
}
interface Build {
  getPHPLoaderModule(): Promise<unknown>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['test/php', 'hooks/hosts/fossbilling/module/Reseller'];

/** PHP 8.3 as WebAssembly, from npm, for machines without a PHP; null when the packages are not installed. */
export async function wasmPhp(): Promise<Php | null> {
  let universal: Universal;
  let build: Build;
  try {
    // By address, so that this folder can be checked and run where the packages are missing.
    universal = (await import(import.meta.resolve('@php-wasm/universal'))) as Universal;
    build = (await import(import.meta.resolve('@php-wasm/node-8-3'))) as Build;
  } catch {
    return null;
  }
  return {
    name: 'PHP 8.3 from npm',
    async run(script, files) {
      const php = new universal.PHP(await universal.loadPHPRuntime(await build.getPHPLoaderModule(), {}));
      try {
        return await runInside(php, script, files);
      } finally {
        php.exit();
      }
    },
  };
}

/** It sees copies in a file system of its own: nothing that a script does reaches the disk but its result. */
async function runInside(
  php: Runtime,
  script: string,
  files: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  for (const folder of SOURCES) copyPhp(php, folder);
  php.mkdirTree('/files');
  const inside = files.map((file, position) => ({ file, path: `/files/${position}` }));
  const given = inside.slice(0, 1);
  for (const { file, path } of given) php.writeFile(path, readFileSync(file));
  const done = await php.cli(['php', `/project/test/php/${script}`, ...inside.map(({ path }) => path)]);
  const [stdout, stderr, exitCode] = await Promise.all([done.stdoutText, done.stderrText, done.exitCode]);
  for (const { file, path } of inside.slice(given.length)) {
    if (php.fileExists(path)) writeFileSync(file, php.readFileAsBuffer(path));
  }
  return { exitCode, output: stdout + stderr };
}

function copyPhp(php: Runtime, folder: string): void {
  php.mkdirTree(`/project/${folder}`);
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) copyPhp(php, path);
    else if (path.endsWith('.php')) php.writeFile(`/project/${path}`, readFileSync(join(ROOT, path)));
  }
}
