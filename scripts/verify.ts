import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = process.execPath;
const tool = (path: string): string => join(ROOT, 'node_modules', path);

interface Check {
  name: string;
  /** Commands one after the other; each with the folder it runs in. */
  steps: { command: string[]; cwd?: string }[];
}

const ui = join(ROOT, 'ui');
// What did not change since the last run is not looked at again; the first run takes longer.
const kept = (name: string): string => tool(`.cache/verify/${name}`);
const format = ['--check', '.', '--log-level', 'warn', '--cache', '--cache-strategy', 'content', '--cache-location'];
const types = ['-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', kept('types.tsbuildinfo')];
// What is packed comes with declarations, which may name no more than what is exported.
const packaged = [
  '-p',
  'tsconfig.build.json',
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  kept('package.tsbuildinfo'),
];
const screens = ['--tsgo', '--incremental', '--fail-on-warnings'];
const layers = ['client', 'server', 'hooks', 'ui/src', 'scripts', '--config', '.dependency-cruiser.mjs'];

/** What must hold before anything is shared. All of it looks at sources only: no database, no port, no build. */
const checks: Check[] = [
  { name: 'format', steps: [{ command: [NODE, tool('prettier/bin/prettier.cjs'), ...format, kept('prettier')] }] },
  { name: 'lint', steps: [{ command: [NODE, tool('oxlint/bin/oxlint'), '--deny-warnings', '--quiet'] }] },
  {
    name: 'types',
    steps: [
      { command: [NODE, tool('@typescript/native/bin/tsc'), ...types] },
      { command: [NODE, tool('@typescript/native/bin/tsc'), ...packaged] },
    ],
  },
  {
    name: 'screens',
    steps: [
      { command: [NODE, tool('@sveltejs/kit/svelte-kit.js'), 'sync'], cwd: ui },
      { command: [NODE, tool('svelte-check/bin/svelte-check'), ...screens], cwd: ui },
    ],
  },
  { name: 'layers', steps: [{ command: [NODE, tool('dependency-cruiser/bin/dependency-cruiser.mjs'), ...layers] }] },
  { name: 'dead code', steps: [{ command: [NODE, tool('knip/bin/knip.js'), '--no-config-hints'] }] },
];

function run(command: string[], cwd: string): Promise<{ ok: boolean; output: string }> {
  const [program = '', ...parameters] = command;
  return new Promise((done) => {
    const child = spawn(program, parameters, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => done({ ok: false, output: error.message }));
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
}

async function verify({ name, steps }: Check): Promise<boolean> {
  const began = performance.now();
  let result = { ok: true, output: '' };
  for (const { command, cwd = ROOT } of steps) if (result.ok) result = await run(command, cwd);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${result.ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds.padStart(5)} s\n${result.ok ? '' : `${result.output}\n`}`,
  );
  return result.ok;
}

const only = process.argv.slice(2);
const chosen = checks.filter(({ name }) => only.length === 0 || only.includes(name));
const results = await Promise.all(chosen.map(verify));
process.exitCode = results.every(Boolean) ? 0 : 1;
