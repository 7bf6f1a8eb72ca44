import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { Load } from './in-process-load.ts';

const FOLDER = fileURLToPath(new URL('../peers/medusa/', import.meta.url));
export const MEDUSA = 'Medusa calculatePrices';

export interface Medusa {
  measure(question: { sets: number; callers: number; seconds: number }): Promise<Load>;
  stop(): Promise<void>;
}

/** Installs the peer on first use and starts it on a database of its own. A reason in words when that cannot be. */
export async function startMedusa(
  databaseUrl: string,
  say: (words: string) => void,
): Promise<Medusa | { reason: string }> {
  const reason = install(say);
  if (reason !== null) return { reason };
  const child = spawn(process.execPath, ['pricing.js'], {
    cwd: FOLDER,
    env: { ...process.env, PG_URL: databaseUrl, MEDUSA_DISABLE_TELEMETRY: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It warns of parts that are left out here; its words only matter when it fails.
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-600)));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      if (line.value.startsWith('{')) return JSON.parse(line.value) as Load & { ready?: boolean };
    }
    return null;
  };
  if (!(await read())) return { reason: `it ended before it was ready: ${words.trim()}` };
  return {
    measure: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const answer = await read();
      if (!answer) throw new Error(`Medusa ended while it was measured: ${words}`);
      return answer;
    },
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      child.stdin.end();
      await gone;
      process.off('exit', kill);
    },
  };
}

function install(say: (words: string) => void): string | null {
  if (existsSync(`${FOLDER}node_modules/@medusajs/pricing/package.json`)) return null;
  say('Installing the peer once: npm ci in bench/peers/medusa (about 270 MB)');
  const done = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: FOLDER, encoding: 'utf8', timeout: 300_000 });
  if (done.status === 0) return null;
  return `npm ci failed: ${(done.error?.message ?? done.stderr).trim().split('\n').at(0)}`;
}
