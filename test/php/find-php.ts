import { spawn } from 'node:child_process';
import { wasmPhp } from './wasm-php.ts';

/** Runs a script of this folder with file paths as its arguments. `output` holds what it printed, errors included. */
export interface Php {
  readonly name: string;
  run(script: string, files: readonly string[]): Promise<{ exitCode: number; output: string }>;
}

const WHAT_IT_NEEDS = `exit(PHP_VERSION_ID >= 80200 && PHP_INT_SIZE === 8 && extension_loaded('hash')
  && extension_loaded('json') && extension_loaded('openssl') && extension_loaded('pdo_sqlite') ? 0 : 1);`;

/** This machine's PHP if it can run the tests, else the one from npm; null when there is neither. */
export async function findPhp(): Promise<Php | null> {
  const binary = process.env['PHP'] ?? 'php';
  const usable = await runBinary(binary, ['-r', WHAT_IT_NEEDS]);
  if (usable.exitCode === 0) {
    return {
      name: binary,
      run: (script, files) => runBinary(binary, [`${import.meta.dirname}/${script}`, ...files]),
    };
  }
  return wasmPhp();
}

function runBinary(binary: string, parameters: string[]): Promise<{ exitCode: number; output: string }> {
  return new Promise((done) => {
    const [program = 'php', ...options] = binary.split(' ');
    const child = spawn(program, [...options, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', (error) => done({ exitCode: -1, output: error.message }));
    child.once('close', (code) => done({ exitCode: code ?? -1, output }));
  });
}
