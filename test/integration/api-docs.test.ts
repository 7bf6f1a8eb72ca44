import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeClient } from '../../scripts/write-client.ts';
import { problemCodes } from '../../server/http/problem-codes.ts';
import { createKey } from '../../server/modules/api-key/create.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { packageRoot } from '../../server/platform/root.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { VPS_DUE } from '../support/orders.ts';

const ROOT = fileURLToPath(packageRoot);
const document = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
const blocks = (language: string) =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code!);

let it: Installation;
let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  it = await startInstallation();
  const reseller = await it.makeReseller();
  const { key } = await createKey(it.admin(), {
    name: 'Docs',
    resellerId: reseller.id,
    scopes: [...resellerPermissions],
  });
  env = { ...process.env, RESELLER_API: `${it.serviceUrl}/api/v1`, RESELLER_KEY: key };
  folder = mkdtempSync(join(tmpdir(), 'reseller-docs-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await it.stop();
});

/** Runs a program to its end; never blocks, since the service that it asks is in this process. */
function run(command: string, args: string[], input = ''): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('error', (error) => done({ code: -1, said: error.message }));
    child.once('close', (code) => done({ code, said }));
    child.stdin.end(input);
  });
}

/** True when a program of this name is here; the examples in its language are skipped otherwise. */
const isHere = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function expectOrder({ code, said }: { code: number | null; said: string }): void {
  expect(said).toContain(`due now: ${VPS_DUE}\n`);
  expect(said).toMatch(new RegExp(`order \\d+: (pending|placing), ${VPS_DUE}\\n`));
  expect(code).toBe(0);
}

describe('the examples, as printed', () => {
  const [makeKey = '', order = ''] = blocks('bash');

  test.skipIf(!isHere('curl', '--version'))('curl: a key', async () => {
    const { code, said } = await run('bash', ['-e'], makeKey);
    expect(JSON.parse(said)).toMatchObject({ key: expect.stringMatching(/^rsk_live_/), name: 'Shop' });
    expect(code).toBe(0);
  });

  test.skipIf(!isHere('curl', '--version') || !isHere('jq', '--version'))('curl: from price to service', async () => {
    expectOrder(await run('bash', ['-e'], order));
  });

  test('Node', async () => {
    const [program = ''] = blocks('js');
    const first = await run(process.execPath, ['--input-type=module', '-e', program]);
    expectOrder(first);
    // The same intention again: the same order, and no second one.
    expect(await run(process.execPath, ['--input-type=module', '-e', program])).toEqual(first);
    const [{ invoice } = { invoice: '' }] = await it
      .admin()
      .em.execute<{ invoice: string }[]>(
        `select host_invoice_id as invoice from reseller_order where idempotency_key = 'node-order-1001'`,
      );
    await (await it.login('reseller')).ok('POST', `/api/invoices/${invoice}/pay`);
    await it.settle();
    const paid = await run(process.execPath, ['--input-type=module', '-e', program]);
    expect(paid.said).toMatch(/: paid, .*\nservice VPS S: (pending|active)\n/);
  });

  test.skipIf(!isHere('php', '-r', 'exit(PHP_VERSION_ID >= 80000 ? 0 : 1);'))('PHP', async () => {
    const [program = ''] = blocks('php');
    writeFileSync(join(folder, 'example.php'), program);
    expectOrder(await run('php', ['example.php']));
  });

  test.skipIf(!isHere('python3', '--version'))('Python', async () => {
    const [program = ''] = blocks('python');
    expectOrder(await run('python3', ['-'], program));
  });

  test('TypeScript, with the client of the package, types and all', async () => {
    const [program = ''] = blocks('ts');
    const installed = join(folder, 'node_modules', 'reseller-plugin');
    mkdirSync(join(installed, 'dist'), { recursive: true });
    writeFileSync(join(installed, 'package.json'), readFileSync(join(ROOT, 'package.json')));
    const compiler = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
    const common = ['--module', 'nodenext', '--target', 'esnext', '--strict', '--types', 'node', '--typeRoots'];
    const types = [...common, join(ROOT, 'node_modules/@types')];
    const emit = ['--declaration', '--rewriteRelativeImportExtensions', '--outDir', join(installed, 'dist/client')];
    const sources = ['client.ts', 'problem.ts'].map((file) => join(ROOT, 'client', file));
    expect(await run(process.execPath, [compiler, ...types, ...emit, ...sources])).toEqual({ code: 0, said: '' });
    await writeClient(join(installed, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'example.ts'), program);
    // Beside it the same with a number for a currency, which the types must find.
    writeFileSync(join(folder, 'wrong.ts'), program.replace("currency: 'USD', lines }", 'currency: 1, lines }'));
    const { said } = await run(process.execPath, [compiler, ...types, '--noEmit', 'example.ts', 'wrong.ts']);
    const complaints = said.split('\n').filter((line) => line.includes('error'));
    expect(complaints).toEqual([expect.stringMatching(/^wrong\.ts.*TS2322/)]);
    const ran = await run(process.execPath, ['example.ts']);
    expectOrder(ran);
    expect(ran.said).toContain('not_found: There is no order with this id.');
  });
});

test('the table of refusals is what the service refuses with', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \| (.+) \|$/gm)];
  const written = rows.map(([, code, status, about, whatToDo]) => [code, { status: Number(status), about, whatToDo }]);
  expect(Object.fromEntries(written)).toEqual(problemCodes);
});
