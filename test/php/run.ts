import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAnswers } from './check-answers.ts';
import { exportBridge } from './export-bridge.ts';
import { exportModule } from './export-module.ts';
import { exportRows } from './export-rows.ts';
import { exportSnapshots } from './export-snapshots.ts';
import { findPhp } from './find-php.ts';

/** Totals over all PHP tests. `skipped` counts the scripts that could not run because there is no PHP. */
export interface PhpTests {
  passed: number;
  failed: number;
  skipped: number;
  output: string;
}

/**
 * Runs the tests of the PHP module: the shared price vectors, the bridge beside its TypeScript twin, and the module on
 * stand-in hosts: its life and pairing, and its listeners. Needs a PHP with pdo_sqlite and openssl on this machine, or
 * the packages @php-wasm/node-8-3 and @php-wasm/universal.
 */
export async function runPhpTests(): Promise<PhpTests> {
  const php = await findPhp();
  const total: PhpTests = { passed: 0, failed: 0, skipped: 0, output: '' };
  if (php === null) {
    const output =
      'No PHP here: install PHP 8.2 or later with pdo_sqlite, or the npm packages of test/php/wasm-php.ts.\n';
    return { ...total, skipped: 5, output };
  }
  total.output = `${php.name}\n`;
  const folder = mkdtempSync(join(tmpdir(), 'reseller-php-'));
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const run = async (script: string, files: string[]): Promise<void> => {
    const { exitCode, output } = await php.run(script, files);
    total.output += `${script}\n${output}`;
    const last = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(output);
    total.passed += Number(last?.[1] ?? 0);
    // A script that broke off, or ended otherwise than it says, is a failure of its own.
    total.failed += Number(last?.[2] ?? 1);
    if (last?.[2] === '0' && exitCode !== 0) total.failed += 1;
  };
  try {
    const rows = file('rows.json', exportRows());
    await run('vectors.php', [rows]);
    await run('host.php', [rows]);
    await run('snapshots.php', [file('snapshots.json', await exportSnapshots())]);
    const bridge = exportBridge();
    const answers = file('answers.json', null);
    await run('bridge.php', [file('bridge.json', bridge), answers]);
    await run('module.php', [file('module.json', exportModule(bridge))]);
    const made = JSON.parse(readFileSync(answers, 'utf8'));
    const checked = made === null ? { passed: 0, failures: ['no answers'] } : await checkAnswers(bridge.keys, made);
    total.passed += checked.passed;
    total.failed += checked.failures.length;
    total.output += `what PHP made, read here\n${checked.failures.map((name) => `FAILED ${name}\n`).join('')}`;
    total.output += `${checked.passed} passed, ${checked.failures.length} failed\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return total;
}

if (import.meta.main) {
  const { passed, failed, skipped, output } = await runPhpTests();
  const more = skipped === 0 ? '' : `, ${skipped} skipped`;
  process.stdout.write(`${output}\n${passed} passed, ${failed} failed${more}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
